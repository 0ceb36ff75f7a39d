package dev.bellhop.order.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlotTest {

    @Test
    void a_line_reaches_from_edge_to_edge_and_its_peak_to_the_top() {
        Plot plot = Plot.line(List.of(0.0, 5.0, 10.0));

        assertThat(plot.line()).isEqualTo("M0.0 63.0L120.0 33.0L240.0 3.0");
        assertThat(plot.area()).isEqualTo("M0.0 64.0L0.0 63.0L120.0 33.0L240.0 3.0L240.0 64.0L0.0 64.0Z");
        assertThat(plot.peak()).isEqualTo(10.0);
    }

    @Test
    void where_there_is_no_value_there_is_a_gap() {
        Plot plot = Plot.line(Arrays.asList(1.0, null, 1.0));

        assertThat(plot.line()).isEqualTo("M0.0 3.0M240.0 3.0");
    }

    @Test
    void nothing_is_a_flat_line() {
        assertThat(Plot.line(List.of(0.0, 0.0)).line()).isEqualTo("M0.0 63.0L240.0 63.0");
        assertThat(Plot.line(List.of()).line()).isEmpty();
    }

    @Test
    void the_longest_bar_reaches_the_top_and_none_that_counts_is_invisible() {
        List<Plot.Bar> bars = Plot.bars(List.of(1000.0, 1.0, 0.0));

        assertThat(bars).extracting(Plot.Bar::height).containsExactly(60.0, 1.0, 0.0);
        assertThat(bars).extracting(Plot.Bar::x).containsExactly(8.0, 88.0, 168.0);
    }
}
