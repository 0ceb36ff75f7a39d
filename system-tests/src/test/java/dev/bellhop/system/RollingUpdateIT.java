package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.PortPlan;
import dev.bellhop.local.Ports;
import dev.bellhop.local.Progress;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import dev.bellhop.local.SuitePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * An update of order-service: the version before, built in the folder that {@code -Dprevious=} names; then this one beside it,
 * on one database and the same topics; then this one alone.
 */
@EnabledIfSystemProperty(named = "previous", matches = ".+")
class RollingUpdateIT {

    private static final int ORDERS = 20;

    @Test
    void old_and_new_share_the_work_and_lose_or_double_nothing(@TempDir Path folder) throws SQLException {
        Path old = Path.of(System.getProperty("previous"), "order-service", "target", "quarkus-app", "quarkus-run.jar");
        SuitePlan plan = SuitePlan.of(folder, PortPlan.free())
                .starting(Map.of(Service.ORDER_SERVICE, old.toAbsolutePath()))
                .quickToStart();
        try (Suite suite = new Suite(plan, Progress.SILENT).start()) {
            Shop before = new Shop(suite);
            List<String> early = placed(before);
            try (Instance instance = Instance.beside(suite)) {
                Shop after = new Shop(suite, instance.url());

                // What one of them placed, the other one ships.
                List<String> shared = new ArrayList<>();
                for (int i = 0; i < ORDERS; i++) {
                    shared.add(soldBy(i % 2 == 0 ? before : after, i % 2 == 0 ? after : before));
                }
                List<String> open = placed(before);
                suite.process(Service.ORDER_SERVICE).stop();
                early.forEach(order -> after.customerPays(after.asksForAPayment(order)));
                open.forEach(order -> after.customerPays(after.asksForAPayment(order)));

                shared.forEach(
                        order -> assertThat(after.historyOf(order)).containsExactly("Pending", "Paid", "Shipped"));
                early.forEach(order -> after.sees(order, "Paid"));
                open.forEach(order -> after.sees(order, "Paid"));
                early.forEach(order -> assertThat(after.historyOf(order)).containsExactly("Pending", "Paid"));
                Shop.eventually(() -> waiting(suite) == 0);
            }
        }
    }

    private static List<String> placed(Shop shop) {
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            orders.add(shop.placesAnOrder());
        }
        return orders;
    }

    private static String soldBy(Shop one, Shop other) {
        String order = one.placesAnOrder();
        one.customerPays(other.asksForAPayment(order));
        other.sees(order, "Paid");
        other.ships(order);
        one.sees(order, "Shipped");
        return order;
    }

    /** Changes that are not announced yet. */
    private static long waiting(Suite suite) throws SQLException {
        try (Connection connection = DriverManager.getConnection(suite.stack().jdbcUrl("orders"), "postgres", "");
                ResultSet row = connection.createStatement().executeQuery("select count(*) from outbox")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** This version, with the settings of the suite's order-service, on ports of its own. */
    private record Instance(Process process, URI url) implements AutoCloseable {

        static Instance beside(Suite suite) {
            int port = Ports.free();
            int management = Ports.free();
            Path jar = Path.of("..", "order-service", "target", "quarkus-app", "quarkus-run.jar");
            Path folder = suite.plan().folder();
            try {
                Process process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx512m",
                                "-Dquarkus.http.port=" + port,
                                "-Dquarkus.management.port=" + management,
                                "-jar",
                                jar.toAbsolutePath().toString())
                        .directory(
                                folder.resolve(Service.ORDER_SERVICE.folder()).toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("new-version.log").toFile())
                        .start();
                URI ready = URI.create("http://127.0.0.1:" + management + "/q/health/ready");
                Shop.eventually(() -> isReady(ready));
                return new Instance(process, URI.create("http://127.0.0.1:" + port));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static boolean isReady(URI ready) throws InterruptedException {
            try {
                return HttpClient.newHttpClient()
                                .send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
