package dev.bellhop.ingress.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "192.0.2.0/24, example.com, false",
        "192.0.2.0/24, '', false"
    })
    void contains_what_its_prefix_says(String range, String address, boolean contained) {
        assertThat(AddressRange.of(range).contains(address)).isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.7:1, true",
        "192.0.2.0/24, 192.0.2.7:65535, true",
        "192.0.2.0/24, 192.0.3.7:443, false",
        "2001:db8::/32, [2001:db8::1], true",
        "2001:db8::/32, [2001:db8::1]:65535, true",
        "2001:db8::/32, [2001:db9::1]:443, false"
    })
    void an_address_may_be_named_with_a_port(String range, String hop, boolean contained) {
        assertThat(AddressRange.of(range).contains(hop)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3.4:",
                "1.2.3.4:0",
                "1.2.3.4:080",
                "1.2.3.4:65536",
                "1.2.3.4:99999",
                "1.2.3.4:+1",
                "1.2.3.4:-1",
                "1.2.3.4:5:6",
                "1.2.3.4: 5",
                "1.2.3.4:5\n",
                "1.2.3:4",
                "010.2.3.4:5",
                ":5",
                "[1.2.3.4]",
                "[1.2.3.4]:5",
                "[1.2.3.4:5]",
                "[::1",
                "::1]",
                "[::1]:",
                "[::1]5",
                "[::1]:0",
                "[::1]:65536",
                "[::1]:5:6",
                "[[::1]]:5",
                "[::1%1]:5",
                "[]",
                "[]:5",
                "[localhost]:5",
                "localhost:5",
                "$1$2",
                ""
            })
    void what_names_no_address_is_in_no_range(String hop) {
        assertThat(AddressRange.of("0.0.0.0/0").contains(hop)).isFalse();
        assertThat(AddressRange.of("::/0").contains(hop)).isFalse();
    }

    @Property
    void a_port_changes_nothing(@ForAll int address, @ForAll @IntRange(min = 1, max = 65_535) int port) {
        String ipv4 = IntStream.of(24, 16, 8, 0)
                .mapToObj(shift -> String.valueOf(address >>> shift & 0xff))
                .collect(Collectors.joining("."));
        String ipv6 = "2001:db8::%x:%x".formatted(address >>> 16, address & 0xffff);

        assertThat(AddressRange.of(ipv4).contains(ipv4 + ":" + port)).isTrue();
        assertThat(AddressRange.of(ipv6).contains("[" + ipv6 + "]:" + port)).isTrue();
        assertThat(AddressRange.of("192.0.2.0/24").contains(ipv4 + ":" + port))
                .isEqualTo(AddressRange.of("192.0.2.0/24").contains(ipv4));
    }

    @Property
    void what_is_no_port_makes_nobody(@ForAll @Chars({':', '.', '[', ']', '0', '5', 'a'}) @NotEmpty String behind) {
        Assume.that(!behind.matches("\\d.*|:[1-9]\\d{0,4}"));

        assertThat(AddressRange.of("0.0.0.0/0").contains("192.0.2.7" + behind)).isFalse();
        assertThat(AddressRange.of("::/0").contains("[2001:db8::7]" + behind)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7:443", "[2001:db8::1]", "[2001:db8::]/32"})
    void no_range_is_written_with_a_port(String text) {
        assertThatThrownBy(() -> AddressRange.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10/8", "192.0.2", "1.2.3.4.5", "999.1.1.1", "010.0.0.1", "1..2.3", "...", ".1:2"})
    void what_looks_like_an_address_and_is_none_is_neither_guessed_at_nor_looked_up(String text) {
        assertThatThrownBy(() -> AddressRange.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "192.0.2.0/33", "192.0.2.0/x", "", "2001:db8::/129", "192.0.2.0/-1"})
    void what_is_no_range_is_refused(String text) {
        assertThatThrownBy(() -> AddressRange.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
