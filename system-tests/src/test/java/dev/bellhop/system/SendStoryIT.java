package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.RunFile;
import dev.bellhop.local.Suite;
import dev.bellhop.local.command.Bellhop;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Somebody tries the ingress out by {@code ./bellhop send}. */
class SendStoryIT {

    private static final Suite SUITE = RunningSuite.get();
    private static final Path FOLDER = SUITE.plan().folder();

    /** What a command printed, and its exit status. */
    private record Said(int status, String text) {}

    @BeforeAll
    static void as_if_started_by_hand() throws IOException {
        RunFile.write(SUITE);
    }

    @TestFactory
    Stream<DynamicTest> every_sample_of_every_source_is_accepted() {
        String source = "";
        Stream.Builder<DynamicTest> tests = Stream.builder();
        for (String line : send("--list").text().lines().toList()) {
            if (!line.startsWith(" ")) {
                source = line.substring(0, line.indexOf(' '));
            } else if (!source.equals("payments")) {
                String sender = source;
                String event = line.substring(2, 37).strip();
                tests.add(DynamicTest.dynamicTest(source + ": " + event, () -> assertAccepted(sender, event)));
            }
        }
        return tests.build();
    }

    @Test
    void the_list_has_every_kind_of_event_that_the_article_names() {
        assertThat(send("--list").text())
                .contains("payments (standard-webhooks)", "github (github)", "custom (hmac)", "chargebee (basic)")
                .contains("form submissions", "new orders", "subscription renewals", "git pushes", "deployments")
                .contains("CRM", "e-mail marketing");
    }

    @Test
    void every_scheme_that_can_be_played_has_a_source(@TempDir Path nothing) {
        List<String> playable = schemes(send(nothing, "--list"));

        assertThat(playable).contains("adyen", "http-message-signatures", "paypal");
        assertThat(schemes(send("--list"))).containsAll(playable);
    }

    @Test
    void a_body_of_ones_own_pays_an_order(@TempDir Path files) throws IOException {
        // Given
        Shop shop = new Shop(SUITE);
        String orderId = shop.placesAnOrder();
        String paymentId = shop.asksForAPayment(orderId);
        Path body = files.resolve("body.json");
        Files.writeString(body, Provider.success(orderId, paymentId, Provider.newEventId()));

        // When
        Said said = send("--source", "payments", "--body", body.toString());

        // Then
        assertThat(said.status()).as(said.text()).isZero();
        shop.sees(orderId, "Paid");
    }

    @Test
    void what_the_ingress_refuses_is_a_failure(@TempDir Path files) throws IOException {
        Path wrong = files.resolve("secret");
        Files.writeString(wrong, "not the secret of anybody\n");

        Said said = send("--source", "github", "--secret-file", wrong.toString());

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.text()).contains("401", "not_authentic").doesNotContain("not the secret");
    }

    @Test
    void what_cannot_be_sent_says_what_to_do() {
        assertThat(send("--source", "nobody").text()).contains("--list");
        assertThat(send("--source", "github", "--event", "unheard").text()).contains("--body");
        assertThat(send().text()).contains("--source");
    }

    private static void assertAccepted(String source, String event) throws IOException {
        Said said = send("--source", source, "--event", event);

        assertThat(said.status()).as(said.text()).isZero();
        assertThat(said.text()).contains("\n202");
        assertThat(secretsOf(source)).isNotEmpty().allSatisfy(secret -> assertThat(said.text())
                .doesNotContain(secret));
    }

    private static List<String> secretsOf(String source) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("secrets"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(source + "-"))
                    .map(SendStoryIT::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Of the sources that a list names. */
    private static List<String> schemes(Said list) {
        return Pattern.compile("(?m)^\\S+ \\((\\S+)\\)$")
                .matcher(list.text())
                .results()
                .map(source -> source.group(1))
                .toList();
    }

    private static Said send(String... arguments) {
        return send(FOLDER, arguments);
    }

    private static Said send(Path folder, String... arguments) {
        StringWriter said = new StringWriter();
        String[] all = Stream.concat(Stream.of("send", "--data", folder.toString()), Stream.of(arguments))
                .toArray(String[]::new);
        int status = Bellhop.run(new PrintWriter(said), all);
        return new Said(status, said.toString());
    }
}
