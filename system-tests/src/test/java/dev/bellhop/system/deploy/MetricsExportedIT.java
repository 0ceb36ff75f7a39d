package dev.bellhop.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.local.Http;
import dev.bellhop.local.PortPlan;
import dev.bellhop.local.Progress;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import dev.bellhop.local.SuitePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every documented metric is exported by the running service that it is documented for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsExportedIT {

    private final Suite suite;

    MetricsExportedIT(@TempDir Path folder) {
        suite = new Suite(SuitePlan.of(folder, PortPlan.free()).quickToStart(), Progress.SILENT);
    }

    @BeforeAll
    void a_payment_was_reported() throws IOException {
        suite.start();
        String order = call(
                        Service.ORDER_SERVICE,
                        suite.apiKey(),
                        "/orders",
                        """
                        {"customerId":"metrics","currency":"USD","items":[{"productId":"article","quantity":1}]}""")
                .path("orderId")
                .asText();
        String payment = call(Service.ORDER_SERVICE, suite.apiKey(), "/orders/" + order + "/payment", "")
                .path("paymentId")
                .asText();
        call(Service.PAYMENT_GATEWAY, suite.gatewayKey(), "/payments/" + payment + "/confirm", "");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> metrics(Service.ORDER_SERVICE).contains("inbox_events_total{outcome=\"applied\"} 1.0"));
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    @Test
    void a_documented_metric_is_exported() throws IOException {
        for (Service service : Service.values()) {
            Set<String> documented = Telemetry.documented().entrySet().stream()
                    .filter(metric -> metric.getValue().contains(service.folder()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> exported = metrics(service)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replaceFirst("[{ ].*", ""))
                    .collect(Collectors.toSet());

            assertThat(documented).isNotEmpty();
            assertThat(exported).as(service.folder()).containsAll(documented);
        }
    }

    private String metrics(Service service) throws IOException {
        return Http.call("GET", suite.management(service).resolve("/q/metrics"), "", "")
                .body();
    }

    private JsonNode call(Service service, String key, String path, String body) throws IOException {
        Http.Answer answer = Http.call("POST", suite.url(service).resolve(path), key, body);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer.json();
    }
}
