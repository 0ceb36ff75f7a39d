package dev.bellhop.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PaymentLifecycleTest {

    @Test
    void the_readme_shows_the_table_that_the_code_follows() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains(markdown());
    }

    @Test
    void nothing_leaves_a_final_status() {
        for (PaymentFact fact : PaymentFact.values()) {
            assertThat(PaymentLifecycle.after(PaymentStatus.CANCELLED, fact)).isInstanceOf(Transition.Refused.class);
            assertThat(PaymentLifecycle.after(PaymentStatus.REFUNDED, fact)).isInstanceOf(Transition.Refused.class);
        }
    }

    @Test
    void money_that_was_taken_is_never_forgotten() {
        for (PaymentFact fact : PaymentFact.values()) {
            if (PaymentLifecycle.after(PaymentStatus.PAID, fact) instanceof Transition.To to) {
                assertThat(to.status()).isIn(PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED);
            }
        }
    }

    private static String markdown() {
        String head = "| | " + join(fact -> fact.name().toLowerCase(Locale.ROOT).replace('_', ' ')) + " |\n";
        String line = "|---|" + "---|".repeat(PaymentFact.values().length) + "\n";
        return head
                + line
                + Arrays.stream(PaymentStatus.values())
                        .map(status -> "| **" + name(status) + "** | "
                                + join(fact -> cell(PaymentLifecycle.after(status, fact))) + " |\n")
                        .collect(Collectors.joining());
    }

    private static String join(java.util.function.Function<PaymentFact, String> cell) {
        return Arrays.stream(PaymentFact.values()).map(cell).collect(Collectors.joining(" | "));
    }

    private static String cell(Transition transition) {
        if (transition instanceof Transition.To to) {
            return name(to.status());
        }
        return "_" + ((Transition.Refused) transition).refusal().code() + "_";
    }

    private static String name(PaymentStatus status) {
        return status == PaymentStatus.PROCESSING ? "Processing" : status.word();
    }
}
