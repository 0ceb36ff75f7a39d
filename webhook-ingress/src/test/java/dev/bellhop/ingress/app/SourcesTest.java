package dev.bellhop.ingress.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.ingress.Configured;
import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.Source;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {

    private static final String SECRET = "correct horse battery staple";

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final Path folder;

    SourcesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void three_lines_make_a_source_and_the_scheme_brings_the_rest() {
        Source source = only(Map.of("shop.scheme", "plain", "shop.secret-file", secrets(SECRET)));

        assertThat(source.topic()).isEqualTo("webhooks.shop");
        assertThat(source.limits().maxBody().bytes()).isEqualTo(1 << 20);
        assertThat(source.tolerance().limit()).isEqualTo(Duration.ofMinutes(5));
        assertThat(source.locations()).isEqualTo(EventLocations.of("header:x-id", "json:/type", null, null));
        assertThat(source.limits().contentTypes()).containsExactly("application/json");
    }

    @Test
    void everything_can_be_set() {
        Source source = only(Map.of(
                "shop.scheme", "plain",
                "shop.secret-file", secrets(SECRET),
                "shop.topic", "orders.in",
                "shop.event-id", "json:/id",
                "shop.event-key", "json:/order/id",
                "shop.max-body", "25M",
                "shop.tolerance", "PT1M",
                "shop.content-types", "application/json,text/json",
                "shop.keep-headers", "x-a,x-b"));

        assertThat(source.topic()).isEqualTo("orders.in");
        assertThat(source.locations()).isEqualTo(EventLocations.of("json:/id", "json:/type", null, "json:/order/id"));
        assertThat(source.limits().maxBody().bytes()).isEqualTo(25 << 20);
        assertThat(source.tolerance().limit()).isEqualTo(Duration.ofMinutes(1));
        assertThat(source.limits().contentTypes()).containsExactlyInAnyOrder("application/json", "text/json");
        assertThat(source.keptHeaders()).containsExactly("x-a", "x-b");
    }

    @Test
    void a_body_that_could_never_be_let_in_stops_the_boot() {
        assertWrong(
                Map.of("shop.scheme", "plain", "shop.secret-file", secrets(SECRET), "shop.max-body", "129M"),
                "webhooks.in-flight.bytes");
    }

    @Test
    void a_compressed_body_needs_room_for_itself_and_twice_for_what_comes_out() {
        Map<String, String> settings =
                new HashMap<>(Map.of("shop.scheme", "plain", "shop.secret-file", secrets(SECRET), "shop.gzip", "true"));
        settings.put("shop.max-body", "42M");
        assertThat(only(settings).limits().gzip()).isTrue();

        settings.put("shop.max-body", "43M");

        assertWrong(settings, "webhooks.in-flight.bytes");
    }

    @Test
    void a_body_too_large_to_be_kept_in_one_piece_stops_the_boot() {
        Map<String, String> settings = Map.of(
                "webhooks.in-flight.bytes", "8G",
                "webhooks.sources.shop.scheme", "plain",
                "webhooks.sources.shop.secret-file", secrets(SECRET),
                "webhooks.sources.shop.max-body", "3G");

        assertThatThrownBy(() -> sources(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("webhooks.sources.shop.max-body=3221225472 is more than 200M");
    }

    @Test
    void a_preset_serves_a_source_of_its_name_and_makes_none() {
        Map<String, String> settings = new HashMap<>(Map.of("webhooks.presets.shop.event-key", "json:/preset"));
        assertThat(sources(settings).all()).isEmpty();

        settings.putAll(
                Map.of("webhooks.sources.shop.scheme", "plain", "webhooks.sources.shop.secret-file", secrets(SECRET)));

        assertThat(sources(settings).all()).singleElement().satisfies(source -> assertThat(
                        source.locations().key())
                .isEqualTo(EventLocations.of("header:x", null, null, "json:/preset")
                        .key()));
    }

    @Test
    void what_is_wrong_stops_the_boot_and_says_what_to_change() {
        assertWrong(
                Map.of("shop.secret-file", secrets(SECRET)),
                "webhooks.sources.shop.scheme is missing; use one of [plain]");
        assertWrong(
                Map.of("shop.scheme", "plane", "shop.secret-file", secrets(SECRET)),
                "webhooks.sources.shop.scheme=plane is not known; use one of [plain]");
        assertWrong(Map.of("shop.scheme", "plain"), "webhooks.sources.shop.secret-file is missing; name a file");
        assertWrong(Map.of("shop.scheme", "plain", "shop.secret-file", folder + "/none"), "cannot be read");
        assertWrong(Map.of("shop.scheme", "plain", "shop.secret-file", secrets("", "# none")), "has no secret");
        assertWrong(
                Map.of("shop.scheme", "plain", "shop.secret-file", secrets("", "short")), "line 2: the secret is weak");
        assertWrong(
                Map.of("shop.scheme", "plain", "shop.secret-file", secrets("a".repeat(40))),
                "line 1: the secret is weak");
        assertWrong(
                Map.of(
                        "shop.scheme",
                        "plain",
                        "shop.secret-file",
                        secrets(SECRET + " 2026-02-01T00:00:00Z 2026-01-01T00:00:00Z")),
                "line 1: a secret's validity must begin before it ends");
        assertWrong(Map.of("Shop!.scheme", "plain"), "a source's name is lower-case");
        assertWrong(
                Map.of("shop.scheme", "plain", "shop.secret-file", secrets(SECRET), "shop.rate", "0"),
                "webhooks.sources.shop.rate=0 lets nothing in");
    }

    @Test
    void what_could_never_work_stops_the_boot() {
        assertWrong("shop.topic", "web hooks", "webhooks.sources.shop.topic=web hooks is not a topic's name");
        assertWrong("shop.topic", "..", "webhooks.sources.shop.topic=.. is not a topic's name");
        assertWrong("shop.topic", "t".repeat(250), "is not a topic's name");
        assertWrong("shop.tolerance", "0S", "webhooks.sources.shop.tolerance must be longer than nothing");
        assertWrong("shop.event-items", "header:x", "webhooks.sources.shop.event-items is one array");
        assertWrong("shop.event-items", "json:/a,/b", "webhooks.sources.shop.event-items is one array");
        String url = "webhooks.sources.shop.public-url=";
        assertWrong("shop.public-url", "hooks.example.com/x", url + "hooks.example.com/x is not the http");
        assertWrong("shop.public-url", "https://hooks.example.com/x?a=1", "without a query");
        assertWrong("shop.public-url", "https://hooks.example.com/x#y", "without a query");
        assertWrong("shop.public-url", "https://hooks.example.com/x y", "without a query");
        assertWrong("shop.content-types", "json", "webhooks.sources.shop.content-types: json is not a media type");
        assertWrong("shop.content-types", "text/json; charset=utf-8", "without parameters");
        assertWrong("shop.keep-headers", "x y", "webhooks.sources.shop.keep-headers: x y is not a header's name");
    }

    @Test
    void no_kept_header_may_hold_a_secret_or_stand_in_for_one_of_ours() {
        for (String proof : List.of("Authorization", "cookie", "X-Gitlab-Token", "X-Api-Key", "Stripe-Signature")) {
            assertWrong(
                    "shop.keep-headers",
                    "x-a," + proof,
                    "webhooks.sources.shop.keep-headers: " + proof + " may hold a secret or a proof");
        }
        for (String ours : List.of("ce_id", "Content-Type", "traceparent", "tracestate", "bellhop_keyid")) {
            assertWrong(
                    "shop.keep-headers",
                    "x-a," + ours,
                    "webhooks.sources.shop.keep-headers: " + ours + " is a header that each record has from us");
        }
        assertThat(only(plain("keep-headers", "Idempotency-Key,X-Event-Key")).keptHeaders())
                .containsExactly("Idempotency-Key", "X-Event-Key");
    }

    @Test
    void a_count_or_time_that_cannot_be_meant_stops_the_boot() {
        assertThatThrownBy(() -> sources(Map.of("webhooks.read-secrets-every", "0S")))
                .hasMessage("webhooks.read-secrets-every (PT0S) must be at least 1 ms");
        assertThatThrownBy(() -> sources(Map.of("webhooks.rejected-per-second", "-1")))
                .hasMessage("webhooks.rejected-per-second=-1 must not be less than 0, which keeps none");
        assertThatThrownBy(() -> sources(Map.of("webhooks.spool.max-age", "0S")))
                .hasMessage("webhooks.spool.max-age (PT0S) must be at least 1 ms");
    }

    @Test
    void a_secret_in_quotes_or_listed_twice_stops_the_boot() {
        for (String quote : List.of("'", "\"")) {
            assertWrong(
                    Map.of("shop.scheme", "plain", "shop.secret-file", secrets(quote + SECRET + quote)),
                    "line 1: the secret is in quotes");
        }
        assertWrong(
                Map.of("shop.scheme", "plain", "shop.secret-file", secrets(SECRET + " 2026-01-01T00:00:00Z", SECRET)),
                "line 2: the secret is there twice");
    }

    @Test
    void a_source_whose_secrets_have_ended_or_not_begun_is_complained_about_and_is_there() {
        assertThat(said(() -> only(Map.of(
                        "shop.scheme",
                        "plain",
                        "shop.secret-file",
                        secrets(SECRET + " 2026-01-01T00:00:00Z 2026-02-01T00:00:00Z")))))
                .containsExactly("no secret is valid now and every delivery is refused source=shop");
        assertThat(said(() -> only(plain("topic", "t")))).isEmpty();
    }

    private static List<String> said(Runnable boot) {
        List<String> messages = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                messages.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Sources.class.getName());
        logger.addHandler(handler);
        try {
            boot.run();
        } finally {
            logger.removeHandler(handler);
        }
        return messages;
    }

    @Test
    void what_cannot_be_converted_says_what_to_write() {
        assertThatThrownBy(() -> only(plain("max-body", "25MB"))).hasMessageContaining("is not a size such as 512");
        assertThatThrownBy(() -> only(plain("event-id", "X-Id"))).hasMessageContaining("neither header:NAME, json:");
        assertThatThrownBy(() -> only(plain("allowed-addresses", "10/8"))).hasMessageContaining("is not an address");
        assertThatThrownBy(() -> only(plain("allowed-addresses", "10.0.0.0/x"))).hasMessageContaining("is no prefix");
        assertThatThrownBy(() -> only(plain("gzip", "ture"))).hasMessageContaining("is neither true nor false");
    }

    @Test
    void what_cannot_be_converted_stops_the_boot() {
        for (String key : List.of("gzip", "spool")) {
            assertThatThrownBy(() -> only(plain(key, "ture")))
                    .hasMessageContaining("webhooks.sources.shop." + key + " with the config value \"ture\"");
        }
        assertThatThrownBy(() -> only(plain("event-id", "header: X-Id"))).hasMessageContaining("shop.event-id");
    }

    @Test
    void content_types_are_the_same_in_either_case() {
        assertThat(only(plain("content-types", "Application/JSON")).limits().contentTypes())
                .containsExactly("application/json");
    }

    @Test
    void what_looks_like_a_time_and_is_none_is_not_taken_for_a_part_of_the_secret() {
        for (String time : List.of("2026-01-01", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00Z")) {
            assertWrong(
                    Map.of("shop.scheme", "plain", "shop.secret-file", secrets(SECRET + " " + time)),
                    "line 1: a time is written as 2026-01-31T00:00:00Z");
            assertWrong(
                    Map.of(
                            "shop.scheme",
                            "plain",
                            "shop.secret-file",
                            secrets(SECRET + " " + time + " 2126-01-01T00:00:00Z")),
                    "line 1: a time is written as 2026-01-31T00:00:00Z");
        }
    }

    @Test
    void what_nobody_sees_is_no_part_of_a_secret() {
        for (String hidden : List.of("\uFEFF" + SECRET, SECRET + "\0" + SECRET)) {
            assertWrong(
                    Map.of("shop.scheme", "plain", "shop.secret-file", secrets(hidden)),
                    "line 1: there is a character that nobody sees");
        }
    }

    @Test
    void no_message_contains_a_secret() {
        Map<String, String> settings = Map.of("shop.scheme", "plain", "shop.secret-file", secrets("hunter2"));

        assertThatThrownBy(() -> only(settings)).message().doesNotContain("hunter2");
    }

    @Test
    void a_secret_counts_within_its_time_and_may_contain_spaces() {
        Source source = only(Map.of(
                "shop.scheme",
                "plain",
                "shop.secret-file",
                secrets(SECRET + "  2026-01-01T00:00:00Z 2026-02-01T00:00:00Z", SECRET + " two 2026-03-01T00:00:00Z")));

        assertThat(authentic(source, SECRET, "2025-12-31T23:59:59Z")).isFalse();
        assertThat(authentic(source, SECRET, "2026-01-01T00:00:00Z")).isTrue();
        assertThat(authentic(source, SECRET, "2026-02-01T00:00:00Z")).isFalse();
        assertThat(authentic(source, SECRET + " two", "2026-02-28T00:00:00Z")).isFalse();
        assertThat(authentic(source, SECRET + " two", "2126-03-01T00:00:00Z")).isTrue();
    }

    @Test
    void a_changed_secret_file_is_taken_up_and_one_that_is_wrong_changes_nothing() throws IOException {
        // Given
        String file = secrets(SECRET);
        Sources sources =
                sources(Map.of("webhooks.sources.shop.scheme", "plain", "webhooks.sources.shop.secret-file", file));
        // When
        sources.readSecretsAgain();
        boolean unchanged = authentic(sources.all().iterator().next(), SECRET, "2026-01-01T00:00:00Z");
        rewrite(file, "another secret of ours", 1);
        sources.readSecretsAgain();
        Source changed = sources.all().iterator().next();
        rewrite(file, "weak", 2);
        sources.readSecretsAgain();
        Source kept = sources.all().iterator().next();
        // Then
        assertThat(unchanged).isTrue();
        assertThat(authentic(changed, SECRET, "2026-01-01T00:00:00Z")).isFalse();
        assertThat(authentic(changed, "another secret of ours", "2026-01-01T00:00:00Z"))
                .isTrue();
        assertThat(kept).isEqualTo(changed);
    }

    /** A path alone says nothing at night: the file is gone, or it may not be read. */
    @Test
    void a_secret_file_that_is_gone_is_complained_about() throws IOException {
        // Given
        String file = secrets(SECRET);
        Sources sources =
                sources(Map.of("webhooks.sources.shop.scheme", "plain", "webhooks.sources.shop.secret-file", file));
        Files.delete(Path.of(file));

        // Then
        assertThat(said(sources::readSecretsAgain))
                .containsExactly(
                        "secrets not changed source=shop reason=cannot be read: " + new NoSuchFileException(file));
    }

    private static void rewrite(String file, String secret, int secondsLater) throws IOException {
        Files.write(Path.of(file), List.of(secret));
        Files.setLastModifiedTime(Path.of(file), FileTime.from(Instant.now().plusSeconds(secondsLater)));
    }

    private static boolean authentic(Source source, String token, String now) {
        SignedRequest request =
                new SignedRequest("POST", "/", null, name -> List.of(token), new byte[0], Instant.parse(now));
        return source.verify(request) instanceof dev.bellhop.ingress.domain.Verdict.Authentic;
    }

    private Map<String, String> plain(String key, String value) {
        return Map.of("shop.scheme", "plain", "shop.secret-file", secrets(SECRET), "shop." + key, value);
    }

    private void assertWrong(String key, String value, String message) {
        assertWrong(Map.of("shop.scheme", "plain", "shop.secret-file", secrets(SECRET), key, value), message);
    }

    private void assertWrong(Map<String, String> settings, String message) {
        assertThatThrownBy(() -> only(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message);
    }

    private static Source only(Map<String, String> settings) {
        Map<String, String> full = new HashMap<>();
        settings.forEach((key, value) -> full.put("webhooks.sources." + key, value));
        return sources(full).all().iterator().next();
    }

    private static Sources sources(Map<String, String> settings) {
        WebhooksConfig config = Configured.by(settings, WebhooksConfig.class).getConfigMapping(WebhooksConfig.class);
        return new Sources(config, new SignatureSchemes(List.of(new Plain())), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private String secrets(String... lines) {
        try {
            return Files.write(Files.createTempFile(folder, "secret", ""), List.of(lines))
                    .toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The secret itself in a header. */
    private static final class Plain implements SignatureScheme {

        @Override
        public String name() {
            return "plain";
        }

        @Override
        public SourceDefaults defaults() {
            return SourceDefaults.json(EventLocations.of("header:x-id", "json:/type", null, null));
        }

        @Override
        public VerificationKey key(String secret) {
            return claim -> secret.equals(new String(claim.signatures().get(0), StandardCharsets.UTF_8));
        }

        @Override
        public Claim claim(SignedRequest request) {
            return Claim.of(request.required("x-token").getBytes(StandardCharsets.UTF_8));
        }
    }
}
