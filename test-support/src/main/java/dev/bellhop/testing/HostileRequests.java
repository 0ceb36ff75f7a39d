package dev.bellhop.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bellhop.testing.Wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client library sends, to any service of Quarkus REST. Where the server does not hang up, these tests fail. */
public abstract class HostileRequests {

    protected static final String JSON = "Content-Type: application/json\r\n";
    protected static final String LAST = "Host: x\r\nConnection: close\r\n";

    private static final String STRANGER = "Host: x\r\nAuthorization: Bearer nobody-0123456789-nobody\r\n";
    private static final String DESCRIPTION = "/q/openapi";

    /** Bytes of answers that nobody may leave to a service, half as much again as it bears. */
    private static final int ALL_OF_THEM = 62_000_000;

    /** Bytes of bodies that a service takes at a time, and half as much again. */
    private static final int ALL_BODIES = 50_000_000;

    private final String collection;
    private final String member;
    private final String apiKey;
    private final int largestBody;

    /**
     * @param collection where one posts JSON to make something, such as {@code /orders}
     * @param member where one posts JSON to something that does not exist, below the collection
     * @param apiKey that may do both
     * @param largestBody that is taken, in bytes
     */
    protected HostileRequests(String collection, String member, String apiKey, int largestBody) {
        this.collection = collection;
        this.member = member;
        this.apiKey = apiKey;
        this.largestBody = largestBody;
    }

    /** Where the service listens. */
    protected abstract int port();

    /** A body with which something is made in the collection, each time it is sent. */
    protected abstract String valid();

    /** Told of each problem document that was given as it should be. */
    protected void refused(String method, String path, Answer problem) {}

    /** The key as a header. */
    protected final String key() {
        return "Authorization: Bearer " + apiKey + "\r\n";
    }

    protected final Answer answer(String request) throws IOException {
        try (Wire wire = new Wire(port())) {
            return wire.write(request).answer();
        }
    }

    protected final void problem(String request, int status, String code) throws IOException {
        Answer answer = answer(request);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(answer.body())
                .contains("\"code\":\"" + code + "\"", "\"status\":" + status)
                .doesNotContain("Exception");
        String[] line = request.split(" ", 3);
        refused(line[0], line[1], answer);
    }

    private String large(String body) {
        return body + " ".repeat(largestBody - body.length());
    }

    /** One of a chunked or stalling body, whose headers go on. */
    private String post() {
        return "POST " + collection + " HTTP/1.1\r\nHost: x\r\n" + key() + JSON;
    }

    protected static String post(String path, String headers, String body) {
        return "POST " + path + " HTTP/1.1\r\n" + LAST + headers + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    /** Java's own client does so unless it is told otherwise. */
    @Test
    void a_call_that_offers_to_go_on_in_http_2_is_answered_in_it() throws IOException, InterruptedException {
        HttpRequest.Builder call = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + collection))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(valid()));
        HttpClient client = HttpClient.newHttpClient();

        HttpResponse<String> upgraded = client.send(call.build(), HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> second = client.send(call.build(), HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> refused = client.send(
                call.header("Authorization", "Bearer another").build(), HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> large = client.send(
                call.setHeader("Authorization", "Bearer " + apiKey)
                        .POST(HttpRequest.BodyPublishers.ofString("x".repeat(1 << 20)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(List.of(upgraded, second, refused, large))
                .allMatch(answer -> answer.version() == HttpClient.Version.HTTP_2)
                .extracting(HttpResponse::statusCode)
                .containsExactly(201, 201, 400, 413);
        assertThat(refused.body()).contains("ambiguous_header");
        assertThat(large.body()).contains("body_too_large");
    }

    /** Each for itself is small. A connection costs nothing: that it says what it will send is enough. */
    @Test
    void a_crowd_that_sends_large_bodies_slowly_is_refused_and_keeps_no_small_one_out() {
        // some may be late, and make room, before all are there
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .untilAsserted(this::there_is_no_room_in_a_crowd);

        await().untilAsserted(() -> assertThat(
                        answer(post(collection, key() + JSON, large(valid()))).status())
                .isEqualTo(201));
    }

    private void there_is_no_room_in_a_crowd() throws IOException {
        String announced = post() + "Content-Length: " + largestBody + "\r\n\r\n";
        String chunked = post() + "Transfer-Encoding: chunked\r\n\r\n";
        List<Wire> crowd = new ArrayList<>();
        try (Wire next = new Wire(port())) {
            for (int i = 0; i < ALL_BODIES / largestBody; i++) {
                crowd.add(new Wire(port()).write(i % 2 == 0 ? announced : chunked));
            }

            Answer refused = next.write(announced).answer();

            assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.body()).contains("\"code\":\"unavailable\"");
            assertThat(answer(post(collection, key() + JSON, valid())).status()).isEqualTo(201);
        } finally {
            for (Wire wire : crowd) {
                wire.close();
            }
        }
    }

    /** The framework has a bound of its own, beyond which it took what had been read for zeros. */
    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void the_largest_body_that_is_taken_is_understood(HttpClient.Version version)
            throws IOException, InterruptedException {
        // Given
        String small = valid();
        String large = large(small);
        HttpRequest.Builder call = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + collection))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json");
        HttpClient client = HttpClient.newBuilder().version(version).build();
        client.send(
                call.POST(HttpRequest.BodyPublishers.ofString(small)).build(), HttpResponse.BodyHandlers.discarding());

        // When
        HttpResponse<String> answer = client.send(
                call.POST(HttpRequest.BodyPublishers.ofString(large)).build(), HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    /** Vert.x would keep them all, and hold up everybody else's on its event loop. */
    @Test
    void who_asks_on_and_on_without_waiting_for_an_answer_is_cut_off() throws IOException {
        String question = "GET " + collection + "/none HTTP/1.1\r\n" + STRANGER + "\r\n";

        try (Wire wire = new Wire(port())) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 500; i++) {
                            wire.write(question.repeat(200));
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void some_questions_at_once_are_answered_one_after_the_other() throws IOException {
        String question = "GET " + collection + "/none HTTP/1.1\r\n" + STRANGER;

        Answer answers = answer((question + "\r\n").repeat(90) + question + "Connection: close\r\n\r\n");

        assertThat((answers.head() + answers.body()).split("HTTP/1.1 401 ", -1)).hasSize(92);
    }

    /** Or whoever asks for it a hundred times on each of fifty connections is given all the memory there is. */
    @ParameterizedTest
    @ValueSource(strings = {"", ".json", ".yaml", ".yml", "?format=json"})
    void the_description_is_in_memory_once_for_all_who_ask(String form) throws IOException {
        // Given
        String question = "GET " + DESCRIPTION + form + " HTTP/1.1\r\n" + LAST + "\r\n";
        int length = answer(question).body().length();
        long before = Allocations.ofAnswers();

        // When
        for (int i = 0; i < 20; i++) {
            assertThat(answer(question).status()).isEqualTo(200);
        }

        // Then
        assertThat(Allocations.ofAnswers() - before).isLessThan(20L * length);
    }

    /** Of HTTP/2, where the channel does not know of them; each leaves a little. */
    @Test
    void many_who_have_no_window_for_their_answers_are_cut_off() throws IOException {
        int length = answer("GET " + DESCRIPTION + " HTTP/1.1\r\n" + LAST + "\r\n")
                .body()
                .length();
        List<Wire> clients = new ArrayList<>();
        try {
            StringBuilder questions = new StringBuilder(Frames.withoutWindow());
            for (int i = 0; i < 100; i++) {
                questions.append(Frames.get(2 * i + 1, DESCRIPTION));
            }
            for (int left = ALL_OF_THEM; left > 0; left -= 100 * length) {
                clients.add(new Wire(port()).write(questions.toString()));
            }

            await().until(() -> clients.stream().anyMatch(client -> isCutOff(client)));
        } finally {
            for (Wire client : clients) {
                client.close();
            }
        }
    }

    private static boolean isCutOff(Wire client) {
        try {
            client.write(Frames.ping());
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void what_is_too_long_is_told() throws IOException {
        String tooLong = "x".repeat(9_000);

        problem("GET " + collection + "/" + tooLong + " HTTP/1.1\r\n" + LAST + key() + "\r\n", 414, "target_too_long");
        problem(
                "GET " + collection + " HTTP/1.1\r\n" + LAST + key() + "X-One: " + tooLong + "\r\nX-Two: " + tooLong
                        + "\r\n\r\n",
                431,
                "headers_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 50\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"})
    protected void a_body_that_stalls_is_given_up(String beginning) throws IOException {
        problem(post() + beginning, 408, "body_too_slow");
    }

    @Test
    void a_body_that_stalls_does_not_keep_its_connection_when_it_was_refused() throws IOException {
        problem(post() + "Content-Length: " + (largestBody + 1) + "\r\n\r\n{", 413, "body_too_large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Authorization: Bearer another", "Content-Type: text/plain", "Host: y", "Idempotency-Key: two"})
    void what_can_be_said_once_is_not_said_twice(String again) throws IOException {
        problem(
                post() + "Connection: close\r\nIdempotency-Key: one\r\nTransfer-Encoding: chunked\r\n" + again
                        + "\r\n\r\n0\r\n\r\n",
                400,
                "ambiguous_header");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=1&limit=2", "limit=1&limit=1", "limit=1&Limit=2", "limit=1&q=x&l%69mit=2", "none&none"})
    void a_parameter_of_the_query_is_not_said_twice(String query) throws IOException {
        problem(
                "GET " + collection + "?" + query + " HTTP/1.1\r\n" + LAST + key() + "\r\n",
                400,
                "ambiguous_parameter");
    }

    @Test
    void who_asks_for_the_methods_of_a_path_is_told_them() throws IOException {
        Answer answer = answer("OPTIONS " + collection + " HTTP/1.1\r\n" + LAST + "\r\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/nowhere/none", "/", "/none/none/none/none"})
    void a_path_where_nothing_is_knows_no_method(String path) throws IOException {
        for (String method : List.of("OPTIONS", "GET", "DELETE")) {
            problem(method + " " + path + " HTTP/1.1\r\n" + LAST + key() + "\r\n", 404, "not_found");
            problem(
                    method + " " + collection + "/none/none" + path + " HTTP/1.1\r\n" + LAST + key() + "\r\n",
                    404,
                    "not_found");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "/", "a/b/c", ";;", "application/json, text/plain", "text/plain"})
    void a_body_of_no_media_type_is_no_json(String type) throws IOException {
        String header = key() + "Content-Type: " + type + "\r\n";

        problem(post(collection, header, "{}"), 415, "unsupported_media_type");
        problem(post(collection + member, header, "{}"), 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 2\\r\\nExpect: 200-ok\\r\\n\\r\\n{}      | 417 | expectation_failed",
                "Transfer-Encoding: chunked\\r\\n\\r\\n100000002\\r\\n{}\\r\\n0\\r\\n\\r\\n | 400 | bad_request",
            })
    void what_is_no_body_of_http_is_refused(String rest, int status, String code) throws IOException {
        problem(post() + rest.replace("\\r\\n", "\r\n"), status, code);
    }

    /** By the server, before any route of ours: there is no problem document. What follows is no request. */
    @ParameterizedTest
    @ValueSource(
            strings = {"gzip", "identity", "chunked, xchunked", "gzip, chunked", "chunked\r\nTransfer-Encoding: chunked"
            })
    void a_coding_of_which_others_might_think_otherwise_is_refused(String coding) throws IOException {
        Answer answer =
                answer(post() + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("HTTP/1.1");
    }

    @Test
    void a_request_says_whom_it_is_for() throws IOException {
        problem("GET " + collection + "/none HTTP/1.1\r\nConnection: close\r\n" + key() + "\r\n", 400, "bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/%", "?limit=%f"})
    void a_target_that_is_no_uri_is_refused(String target) throws IOException {
        problem("GET " + collection + target + " HTTP/1.1\r\n" + LAST + key() + "\r\n", 400, "bad_request");
    }
}
