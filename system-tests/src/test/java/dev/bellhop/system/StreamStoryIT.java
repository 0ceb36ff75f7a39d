package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Thousands of clients watch their orders on one instance. */
class StreamStoryIT {

    private static final int CLIENTS = 2_000;
    private static final int ORDERS = 40;
    private static final int LIMIT_SECONDS = 60;

    private final Suite suite = RunningSuite.get();
    private final Shop shop = new Shop(suite);

    @Test
    void nobody_of_two_thousand_misses_the_end_and_one_who_does_not_read_delays_nobody() throws Exception {
        // Given
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            orders.add(shop.placesAnOrder());
        }
        CountDownLatch begun = new CountDownLatch(CLIENTS);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (Socket sleeper = sleeperOn(orders.get(0))) {
            List<CompletableFuture<HttpResponse<String>>> ends = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                ends.add(watch(client, orders.get(i % ORDERS), begun));
            }
            assertThat(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();

            // When
            orders.forEach(shop::cancels);

            // Then: each stream ends by itself, with the final state as its last word.
            for (CompletableFuture<HttpResponse<String>> end : ends) {
                assertThat(end.get(LIMIT_SECONDS, TimeUnit.SECONDS).body()).contains("\"Cancelled\"");
            }
            InputStream late = sleeper.getInputStream();
            assertThat(new String(late.readAllBytes(), StandardCharsets.UTF_8)).contains("\"Cancelled\"");
        }
    }

    private CompletableFuture<HttpResponse<String>> watch(HttpClient client, String orderId, CountDownLatch begun) {
        HttpRequest request = HttpRequest.newBuilder(stream(orderId))
                .header("Authorization", "Bearer " + suite.apiKey())
                .build();
        Heard heard = new Heard(begun);
        return client.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(heard, Heard::lastData, null));
    }

    /** Asks, and reads nothing. */
    private Socket sleeperOn(String orderId) throws IOException {
        URI uri = stream(orderId);
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(LIMIT_SECONDS * 1_000);
        socket.getOutputStream()
                .write(("GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getHost() + "\r\nConnection: close\r\n"
                                + "Authorization: Bearer " + suite.apiKey() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private URI stream(String orderId) {
        return suite.url(Service.ORDER_SERVICE).resolve("/orders/" + orderId + "/stream");
    }

    /** One client's stream, line by line. */
    private static final class Heard implements Flow.Subscriber<String> {

        private final CountDownLatch begun;
        private volatile String lastData = "";

        Heard(CountDownLatch begun) {
            this.begun = begun;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.startsWith("data:")) {
                if (lastData.isEmpty()) {
                    begun.countDown();
                }
                lastData = line;
            }
        }

        @Override
        public void onError(Throwable failure) {
            lastData = "broken off: " + failure;
        }

        @Override
        public void onComplete() {
            // Its last word is there.
        }

        String lastData() {
            return lastData;
        }
    }
}
