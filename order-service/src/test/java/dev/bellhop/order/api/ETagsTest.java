package dev.bellhop.order.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, sections 8.8.3, 13.1.1 and 13.1.2. */
class ETagsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                " * ",
                "\"7\"",
                "\"6\",\"7\"",
                "\"6\" , \"7\" ,",
                ", \"7\"",
                "\"a,b\", \"7\"",
                "W/\"7\", \"7\""
            })
    void a_version_is_meant_by_its_own_tag_and_by_the_asterisk(String header) {
        assertThat(ETags.matches(header, 7)).isTrue();
        assertThat(ETags.matchesWeakly(header, 7)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"7\"", "\"6\", W/\"7\""})
    void a_weak_tag_is_enough_to_know_a_version_but_not_to_change_it(String header) {
        assertThat(ETags.matches(header, 7)).isFalse();
        assertThat(ETags.matchesWeakly(header, 7)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "7",
                "\"07\"",
                "\"7",
                "7\"",
                "w/\"7\"",
                "x\"7\"",
                "\"7\"x",
                "W/ \"7\"",
                "\"a,*,b\"",
                "\"a, * ,b\"",
                "\"\"7\"\"",
                "\"W/\"7\"",
                "**"
            })
    void what_is_something_else_means_no_version(String header) {
        assertThat(ETags.matches(header, 7)).isFalse();
        assertThat(ETags.matchesWeakly(header, 7)).isFalse();
    }
}
