package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.PortPlan;
import dev.bellhop.local.Progress;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import dev.bellhop.local.SuitePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An update of order-service: the version before, built in the folder that {@code -Dprevious=} names; then this one beside it,
 * on one database and the same topics; then this one alone. The other services were updated before it, or will be after it.
 */
@EnabledIfSystemProperty(named = "previous", matches = ".+")
class RollingUpdateIT {

    private static final int ORDERS = 20;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void old_and_new_share_the_work_and_lose_or_double_nothing(boolean othersAreOld, @TempDir Path folder) {
        Map<Service, Path> old = Arrays.stream(Service.values())
                .filter(service -> othersAreOld || service == Service.ORDER_SERVICE)
                .collect(Collectors.toMap(service -> service, RollingUpdateIT::previous));
        SuitePlan plan = SuitePlan.of(folder, PortPlan.free()).starting(old).quickToStart();
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
                Map<String, List<String>> announced = Announcements.of(suite);
                shared.forEach(order -> assertThat(announced.get(order)).containsExactly("Pending", "Paid", "Shipped"));
            }
        }
    }

    private static Path previous(Service service) {
        return Path.of(System.getProperty("previous"), service.folder(), "target", "quarkus-app", "quarkus-run.jar")
                .toAbsolutePath();
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
}
