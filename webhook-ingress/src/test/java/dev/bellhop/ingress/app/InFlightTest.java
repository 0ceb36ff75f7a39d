package dev.bellhop.ingress.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightTest {

    private final InFlight inFlight = new InFlight(2, 100);

    @Test
    void there_is_room_for_so_many_and_for_another_when_one_has_left() {
        assertThat(inFlight.enter(1)).isTrue();
        assertThat(inFlight.enter(1)).isTrue();
        assertThat(inFlight.enter(1)).isFalse();

        inFlight.leave(1);

        assertThat(inFlight.enter(1)).isTrue();
        assertThat(inFlight.deliveries()).isEqualTo(2);
    }

    @Test
    void what_is_refused_for_its_size_takes_no_room() {
        assertThat(inFlight.enter(60)).isTrue();
        assertThat(inFlight.enter(41)).isFalse();

        assertThat(inFlight.bytes()).isEqualTo(60);
        assertThat(inFlight.enter(40)).isTrue();
    }
}
