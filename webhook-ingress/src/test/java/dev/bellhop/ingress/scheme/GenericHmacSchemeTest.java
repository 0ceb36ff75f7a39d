package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.ingress.domain.SchemeOptions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenericHmacSchemeTest {

    private static SchemeOptions signing(String content) {
        return new SchemeOptions(Map.of("header", "X-Sig", "timestamp-header", "X-Time", "content", content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{timestamp}.{body}", "{header:x-time}.{body}"})
    void a_time_that_is_signed_counts(String content) {
        assertThat(new GenericHmacScheme().configured(signing(content))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"header=X Sig", "timestamp-header=X:Time", "hash=md5"})
    void an_option_that_could_never_work_is_named(String wrong) {
        String[] option = wrong.split("=", -1);
        Map<String, String> options =
                new HashMap<>(signing("{timestamp}.{body}").values());
        options.put(option[0], option[1]);

        assertThatThrownBy(() -> new GenericHmacScheme().configured(new SchemeOptions(options)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("." + option[0] + " is ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{body}", "{header:X-Other}.{body}"})
    void a_time_that_anybody_could_change_is_refused(String content) {
        assertThatThrownBy(() -> new GenericHmacScheme().configured(signing(content)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{timestamp}");
    }
}
