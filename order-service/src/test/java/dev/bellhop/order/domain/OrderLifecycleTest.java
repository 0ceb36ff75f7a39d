package dev.bellhop.order.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderLifecycleTest {

    private static final String FROM = "<!-- lifecycle -->";
    private static final String TO = "<!-- /lifecycle -->";

    @Test
    void the_architecture_document_shows_the_tables_as_they_are() throws IOException {
        // Given
        Path document = Path.of("..", "ARCHITECTURE.md");
        String markdown = markdown();
        Files.writeString(Path.of("target", "lifecycle.md"), markdown);

        // When
        String text = Files.exists(document) ? Files.readString(document) : "";

        // Then
        if (text.contains(FROM)) {
            assertThat(text.substring(text.indexOf(FROM) + FROM.length(), text.indexOf(TO))
                            .strip())
                    .isEqualTo(markdown.strip());
        }
    }

    @Test
    void money_that_comes_after_the_end_is_always_a_review() {
        for (Stage stage : new Stage[] {Stage.CANCELLED, Stage.EXPIRED}) {
            for (Standing standing : new Standing[] {Standing.CAPTURED, Standing.PARTLY_REFUNDED, Standing.OVERPAID}) {
                assertThat(OrderLifecycle.position(stage, standing).reason()).isEqualTo(ReviewReason.PAID_AFTER_CANCEL);
            }
        }
    }

    @Test
    void nothing_is_shipped_that_is_not_paid() {
        for (Stage stage : Stage.values()) {
            for (Standing standing : Standing.values()) {
                if (OrderLifecycle.after(stage, standing, Move.SHIP) instanceof Transition.Allowed allowed) {
                    assertThat(allowed.to()).isEqualTo(Stage.SHIPPED);
                    assertThat(stage).isEqualTo(Stage.OPEN);
                    assertThat(standing).isIn(Standing.CAPTURED, Standing.PARTLY_REFUNDED);
                }
            }
        }
    }

    @Test
    void only_an_order_without_money_is_given_up() {
        for (Move move : new Move[] {Move.CANCEL, Move.EXPIRE}) {
            for (Stage stage : Stage.values()) {
                for (Standing standing : Standing.values()) {
                    boolean allowed = OrderLifecycle.after(stage, standing, move) instanceof Transition.Allowed;
                    assertThat(allowed)
                            .as("%s at %s, %s", move, stage, standing)
                            .isEqualTo(stage == Stage.OPEN
                                    && (standing == Standing.UNPAID || standing == Standing.FAILED));
                }
            }
        }
    }

    @Test
    void an_order_in_review_waits_for_a_person() {
        for (Move move : Move.values()) {
            assertThat(OrderLifecycle.after(Stage.OPEN, Standing.OVERPAID, move))
                    .isEqualTo(new Transition.Refused(Refusal.CONFLICT, "in_review"));
        }
    }

    private static String markdown() {
        StringBuilder text = new StringBuilder("What we did (rows) and what the money facts amount to (columns):\n\n");
        row(text, "", Arrays.stream(Standing.values()).map(OrderLifecycleTest::word));
        row(text, "---", Arrays.stream(Standing.values()).map(standing -> "---"));
        for (Stage stage : Stage.values()) {
            row(
                    text,
                    "**" + word(stage) + "**",
                    Arrays.stream(Standing.values()).map(standing -> cell(OrderLifecycle.position(stage, standing))));
        }
        text.append("\nWhat each status allows:\n\n");
        row(text, "", Arrays.stream(Move.values()).map(OrderLifecycleTest::word));
        row(text, "---", Arrays.stream(Move.values()).map(move -> "---"));
        for (Stage stage : Stage.values()) {
            for (Standing standing : Standing.values()) {
                OrderLifecycle.Position position = OrderLifecycle.position(stage, standing);
                boolean first = firstOf(position, stage, standing);
                if (first) {
                    row(
                            text,
                            "**" + position.status().word() + "**",
                            Arrays.stream(Move.values())
                                    .map(move -> cell(OrderLifecycle.after(stage, standing, move), stage)));
                }
            }
        }
        return text.toString();
    }

    private static boolean firstOf(OrderLifecycle.Position position, Stage stage, Standing standing) {
        for (Stage earlier : Stage.values()) {
            for (Standing other : Standing.values()) {
                if (OrderLifecycle.position(earlier, other).status() == position.status()) {
                    return earlier == stage && other == standing;
                }
            }
        }
        return false;
    }

    private static void row(StringBuilder text, String head, Stream<String> cells) {
        text.append("| ")
                .append(head)
                .append(" | ")
                .append(cells.collect(Collectors.joining(" | ")))
                .append(" |\n");
    }

    private static String cell(OrderLifecycle.Position position) {
        ReviewReason reason = position.reason();
        return reason == null ? position.status().word() : position.status().word() + " (" + reason.word() + ")";
    }

    private static String cell(Transition transition, Stage stage) {
        if (transition instanceof Transition.Refused refused) {
            return refused.refusal().word() + ": " + refused.code();
        }
        Stage to = ((Transition.Allowed) transition).to();
        return to == stage ? "allowed" : "→ " + word(to);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
