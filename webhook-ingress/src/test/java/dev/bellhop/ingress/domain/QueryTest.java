package dev.bellhop.ingress.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QueryTest {

    @Test
    void of_what_is_there_twice_none_counts() {
        Query query = Query.of("/webhooks/x?a=1&b=2&%61=1&c");

        assertThatThrownBy(() -> query.value("a")).isInstanceOf(IllegalArgumentException.class);
        assertThat(query.value("b")).isEqualTo("2");
        assertThat(query.value("c")).isEmpty();
        assertThat(query.value("d")).isNull();
    }

    @Test
    void a_thousand_fields_are_too_many_whatever_their_names() {
        assertThat(Query.parse("a=1&".repeat(999) + "b=2").value("b")).isEqualTo("2");
        assertThatThrownBy(() -> Query.parse("a=1&".repeat(1000) + "b=2")).isInstanceOf(IllegalArgumentException.class);
    }
}
