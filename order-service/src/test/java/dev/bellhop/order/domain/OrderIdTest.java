package dev.bellhop.order.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OrderIdTest {

    private static final Pattern CONTRACT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~:-]{0,63}");

    @Property
    void is_what_the_contract_says(@ForAll("texts") String text) {
        assertThat(OrderId.isValid(text)).isEqualTo(CONTRACT.matcher(text).matches());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(70),
                Arbitraries.strings()
                        .withCharRange('a', 'z')
                        .withCharRange('A', 'Z')
                        .withCharRange('0', '9')
                        .withChars("._~:-")
                        .ofMaxLength(70),
                Arbitraries.strings().withCharRange('*', '~').ofMaxLength(6));
    }

    @Property
    void one_that_we_make_is_a_uuid_of_version_7_that_begins_with_its_time(@ForAll long seed, @ForAll Instant now) {
        OrderId id = OrderId.made(now, new Random(seed));

        UUID uuid = UUID.fromString(id.value().substring("ord_".length()));
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli() & 0xffff_ffff_ffffL);
    }
}
