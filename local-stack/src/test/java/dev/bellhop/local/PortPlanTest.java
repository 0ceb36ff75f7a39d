package dev.bellhop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortPlanTest {

    @Test
    void chosen_ports_follow_from_the_first() {
        // When
        PortPlan plan = PortPlan.from(firstOfAFreeRange());

        // Then
        int first = plan.httpPort(Service.ORDER_SERVICE);
        assertThat(plan.httpPort(Service.PAYMENT_GATEWAY)).isEqualTo(first + 1);
        assertThat(plan.httpPort(Service.WEBHOOK_INGRESS)).isEqualTo(first + 2);
        assertThat(plan.managementPort(Service.ORDER_SERVICE)).isEqualTo(first + 1000);
        assertThat(plan.managementPort(Service.PAYMENT_GATEWAY)).isEqualTo(first + 1001);
        assertThat(plan.managementPort(Service.WEBHOOK_INGRESS)).isEqualTo(first + 1002);
        assertThat(plan.kafka()).isEqualTo(first + 3);
        assertThat(plan.kafkaController()).isEqualTo(first + 4);
        assertThat(plan.postgres()).isEqualTo(first + 5);
    }

    @Test
    void a_chosen_port_that_is_taken_is_named() throws IOException {
        // Given
        int first = firstOfAFreeRange();
        try (ServerSocket taken = new ServerSocket(first + 3, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();

            // When
            assertThatThrownBy(() -> PortPlan.from(first))
                    // Then
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("Port " + (first + 3) + " is taken");
        }
    }

    @Test
    void a_port_that_cannot_exist_is_refused() {
        for (int first : new int[] {65_000, 0, -5}) {
            assertThatThrownBy(() -> PortPlan.from(first))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void a_standard_port_that_is_taken_is_replaced_by_a_free_one() {
        // When
        PortPlan plan = PortPlan.standard();

        // Then
        Set<Integer> all = Set.of(
                plan.httpPort(Service.ORDER_SERVICE),
                plan.httpPort(Service.PAYMENT_GATEWAY),
                plan.httpPort(Service.WEBHOOK_INGRESS),
                plan.managementPort(Service.ORDER_SERVICE),
                plan.managementPort(Service.PAYMENT_GATEWAY),
                plan.managementPort(Service.WEBHOOK_INGRESS),
                plan.kafka(),
                plan.kafkaController(),
                plan.postgres());
        assertThat(all).hasSize(9).allMatch(Ports::isFree);
    }

    private static int firstOfAFreeRange() {
        for (int first = 20_000; first < 60_000; first += 10) {
            if (isFree(first)) {
                return first;
            }
        }
        throw new IllegalStateException("no free range");
    }

    private static boolean isFree(int first) {
        for (int offset : new int[] {0, 1, 2, 3, 4, 5, 1000, 1001, 1002}) {
            if (!Ports.isFree(first + offset)) {
                return false;
            }
        }
        return true;
    }
}
