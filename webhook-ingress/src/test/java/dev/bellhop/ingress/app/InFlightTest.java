package dev.bellhop.ingress.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private final InFlight inFlight = new InFlight(2, 100);

    @Test
    void there_is_room_for_so_many_and_for_another_when_one_has_left() {
        InFlight.Place first = inFlight.enter(1);
        assertThat(inFlight.enter(1)).isNotNull();
        assertThat(inFlight.enter(1)).isNull();

        Objects.requireNonNull(first).leave();

        assertThat(inFlight.enter(1)).isNotNull();
        assertThat(inFlight.deliveries()).isEqualTo(2);
    }

    @Test
    void room_for_none_stops_the_boot() {
        assertThatThrownBy(() -> new InFlight(0, 100)).hasMessage("webhooks.in-flight.deliveries=0 lets nothing in");
    }

    @Test
    void what_is_refused_for_its_size_takes_no_room() {
        assertThat(inFlight.enter(60)).isNotNull();
        assertThat(inFlight.enter(41)).isNull();

        assertThat(inFlight.bytes()).isEqualTo(60);
        assertThat(inFlight.enter(40)).isNotNull();
    }

    @Test
    void a_delivery_may_grow_while_there_is_room_and_leaves_with_all_of_it() {
        InFlight.Place place = Objects.requireNonNull(inFlight.enter(10));

        assertThat(place.grow(90)).isTrue();
        assertThat(place.grow(1)).isFalse();
        assertThat(inFlight.bytes()).isEqualTo(100);
        place.leave();

        assertThat(inFlight.bytes()).isZero();
        assertThat(inFlight.deliveries()).isZero();
    }

    @Test
    void a_delivery_that_is_worked_on_keeps_its_place_though_its_sender_has_gone() {
        InFlight.Place place = Objects.requireNonNull(inFlight.enter(10));
        place.hold();
        assertThat(place.grow(90)).isTrue();

        place.leave();
        assertThat(inFlight.bytes()).isEqualTo(100);
        place.shrink(30);
        assertThat(inFlight.bytes()).isEqualTo(70);
        assertThat(inFlight.deliveries()).isEqualTo(1);
        place.leave();

        assertThat(inFlight.bytes()).isZero();
        assertThat(inFlight.deliveries()).isZero();
    }
}
