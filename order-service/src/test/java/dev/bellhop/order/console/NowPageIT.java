package dev.bellhop.order.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.api.ApiProfile;
import dev.bellhop.order.api.Shop;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class NowPageIT {

    @Test
    void what_happens_is_seen_within_seconds() {
        Browsing browser = Browsing.asOperator();
        Shop.paid();

        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(browser.page("/console/now"))
                .contains("Status calls per order", "PostgreSQL")
                .containsPattern("(?s)Waiting in Kafka</h2><p class=\"big\">[\\d,]+<")
                .containsPattern("(?s)From webhook to paid</h2>\\s*<p class=\"big\">[\\d.]+ m?s<")
                .containsPattern("Kafka</th><td><span class=\"badge up\">"));
        assertThat(browser.page("/console"))
                .contains("hx-get=\"/console/now\"", "hx-trigger=\"every 2s\"", "aria-current=\"page\">Now")
                .contains(
                        "renewed every two seconds<noscript> in browsers with JavaScript, here by loading the page again</noscript>.");
    }
}
