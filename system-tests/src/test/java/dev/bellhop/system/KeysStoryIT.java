package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.Http;
import dev.bellhop.local.RunFile;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import dev.bellhop.local.command.Bellhop;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An operator gives a key away, renews it and takes it back, by {@code ./bellhop keys}. */
class KeysStoryIT {

    private static final Suite SUITE = RunningSuite.get();

    @BeforeAll
    static void as_if_started_by_hand() throws IOException {
        RunFile.write(SUITE);
    }

    @Test
    void a_key_lives_from_its_making_to_its_end() throws IOException {
        String made = keys(0, "create", "--owner", "newcomer", "--scopes", "orders:read,orders:write");
        assertThat(statusWith(word(made, "key"))).isEqualTo(200);

        String renewed = keys(0, "rotate", word(made, "keyId"));
        assertThat(statusWith(word(renewed, "key"))).isEqualTo(200);
        assertThat(keys(0, "list")).contains("newcomer").doesNotContain(word(renewed, "key"));

        assertThat(keys(0, "revoke", word(renewed, "keyId"))).contains("is revoked");
        assertThat(statusWith(word(renewed, "key"))).isEqualTo(401);
    }

    @Test
    void what_cannot_be_done_is_told_in_a_sentence() {
        assertThat(keys(1, "revoke", "nobodys")).contains("404: ");
        assertThat(keys(1, "create", "--owner", "x", "--scopes", "everything")).contains("400: ");
    }

    private static int statusWith(String key) throws IOException {
        return Http.call("GET", SUITE.url(Service.ORDER_SERVICE).resolve("/orders"), key, "")
                .status();
    }

    private static String word(String said, String name) {
        return said.lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError(said));
    }

    private static String keys(int status, String... arguments) {
        StringWriter said = new StringWriter();
        String[] all = Stream.concat(
                        Stream.of("keys", "--data", SUITE.plan().folder().toString()), Stream.of(arguments))
                .toArray(String[]::new);
        int ended = Bellhop.run(new PrintWriter(said), all);
        assertThat(ended).as(said.toString()).isEqualTo(status);
        return said.toString();
    }
}
