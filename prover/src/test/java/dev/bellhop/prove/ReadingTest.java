package dev.bellhop.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.local.PortPlan;
import dev.bellhop.local.Progress;
import dev.bellhop.local.Suite;
import dev.bellhop.local.SuitePlan;
import dev.bellhop.prove.Evidence.OrderState;
import dev.bellhop.prove.Evidence.Truth;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {

    private static final String ORDER = "order-1";
    private static final Reading AGREES = reading("PaymentFailed", "Expired", false);

    private List<Journey> journeys = List.of();

    @BeforeEach
    void somebody_never_pays(@TempDir Path folder) {
        Api api = new Api(new Suite(SuitePlan.of(folder, PortPlan.free()), Progress.SILENT));
        journeys = List.of(new Journey(Journey.Kind.NEVER_PAYS, ORDER, api));
    }

    /** Its payment is cancelled after the provider was asked, and it has heard of that before it is looked at. */
    @Test
    void an_order_that_expires_between_the_two_sides_is_read_again() throws InterruptedException {
        // When
        Reading settled = settled(3, reading("Pending", "PaymentFailed", false), AGREES);

        // Then
        assertThat(settled).isEqualTo(AGREES);
    }

    @Test
    void what_is_on_its_way_is_waited_for_though_all_agree() throws InterruptedException {
        // When
        Reading settled = settled(3, reading("Pending", "Pending", true), AGREES);

        // Then
        assertThat(settled).isEqualTo(AGREES);
    }

    @Test
    void a_difference_that_stays_is_what_is_judged() throws InterruptedException {
        // When
        Reading differs = reading("Paid", "PaymentFailed", false);
        Reading settled = settled(2, differs, differs, differs);

        // Then
        assertThat(settled.disagreements(journeys))
                .containsExactly("order-1 (NEVER_PAYS) is PaymentFailed, the truth is Paid");
    }

    @Test
    void tables_that_cannot_be_read_are_read_again() throws InterruptedException {
        // Given
        Iterator<Boolean> fails = List.of(true, false).iterator();

        // When
        Reading settled = Reading.settled(() -> fails.next() ? failing() : AGREES, journeys, () -> true);

        // Then
        assertThat(settled).isEqualTo(AGREES);
    }

    @Test
    void tables_that_can_never_be_read_are_not_judged() {
        // When
        ThrowingCallable reading = () -> Reading.settled(ReadingTest::failing, journeys, () -> false);

        // Then
        assertThatThrownBy(reading).hasMessage("order-service's tables cannot be read");
    }

    private static Reading failing() throws SQLException {
        throw new SQLException("the database is away");
    }

    private Reading settled(int patience, Reading... readings) throws InterruptedException {
        Iterator<Reading> next = List.of(readings).iterator();
        Iterator<Integer> waits = Stream.iterate(patience, left -> left - 1).iterator();
        return Reading.settled(next::next, journeys, () -> waits.next() > 0);
    }

    private static Reading reading(String truth, String status, boolean underway) {
        return new Reading(
                Map.of(ORDER, new Truth(truth, 0, 0, List.of())),
                Map.of(ORDER, new OrderState(status, 0, 0, Instant.EPOCH, null)),
                underway);
    }
}
