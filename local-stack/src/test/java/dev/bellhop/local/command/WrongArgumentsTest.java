package dev.bellhop.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the caller says wrongly is told in a sentence, never by a stack trace. */
class WrongArgumentsTest {

    private static final String NOBODY = "http://127.0.0.1:1";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_file_that_cannot_be_read_is_named() throws IOException {
        String missing = folder.resolve("missing").toString();
        String directory = folder.toString();
        String secret = file("secret", "0123456789abcdef0123456789abcdef");

        assertThat(refused(2, "up", "--config", missing)).contains("there is no readable file " + missing);
        assertThat(refused(2, "up", "--config", directory)).contains("there is no readable file " + directory);
        assertThat(refused(2, "keys", "--url", NOBODY, "--key-file", missing, "list"))
                .contains("there is no readable file " + missing);
        assertThat(refused(2, "send", "--source", "github", "--url", NOBODY, "--secret-file", directory))
                .contains("there is no readable file " + directory);
        assertThat(refused(
                        2, "send", "--source", "github", "--url", NOBODY, "--secret-file", secret, "--body", missing))
                .contains("there is no readable file " + missing);
    }

    @Test
    void settings_that_are_no_text_are_refused() throws IOException {
        Path settings = Files.write(folder.resolve("latin.properties"), new byte[] {'a', '=', (byte) 0xe9});

        assertThat(refused(2, "up", "--config", settings.toString()))
                .contains("--config: " + settings + " is not UTF-8");
    }

    @Test
    void a_key_file_without_a_key_is_refused() throws IOException {
        String empty = file("empty", "");

        assertThat(refused(1, "keys", "--url", NOBODY, "--key-file", empty, "list"))
                .contains("There is no key in " + empty);
    }

    @Test
    void a_suite_without_order_service_has_no_keys() throws IOException {
        file("run.json", "{\"paymentGateway\":\"" + NOBODY + "\"}");

        assertThat(refused(1, "keys", "list", "--data", folder.toString()))
                .contains("The suite in " + folder + " runs without order-service");
    }

    @Test
    void a_url_that_leads_nowhere_is_refused() throws IOException {
        String secret = file("secret", "0123456789abcdef0123456789abcdef");

        assertThat(refused(2, "keys", "--url", "orders", "--key-file", secret, "list"))
                .contains("'orders' is no http or https URL");
        assertThat(refused(2, "send", "--source", "github", "--url", "ftp://x/y", "--secret-file", secret))
                .contains("'ftp://x/y' is no http or https URL");
    }

    @Test
    void whatever_a_key_is_called_it_can_be_asked_for() throws IOException {
        String key = file("key", "an-operators");

        assertThat(refused(1, "keys", "--url", NOBODY, "--key-file", key, "revoke", "no one's"))
                .contains("Nobody answers at " + NOBODY);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String refused(int status, String... arguments) {
        StringWriter said = new StringWriter();
        int ended = Bellhop.run(new PrintWriter(said), arguments);
        assertThat(said.toString()).doesNotContain("\tat ");
        assertThat(ended).as(said.toString()).isEqualTo(status);
        return said.toString();
    }
}
