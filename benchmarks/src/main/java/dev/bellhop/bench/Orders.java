package dev.bellhop.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Orders for scenarios: placed through the API as a client would, or copied from one that was. */
final class Orders {

    /** Copies of an order that the API has placed, whatever its columns are. */
    private static final String COPY =
            """
            insert into orders select copy.* from orders as original, generate_series($2::int, $3::int) as n,
                lateral jsonb_populate_record(original, jsonb_build_object('order_id', $4 || n, 'next_ask', null,
                    'customer_id', 'customer-' || n % 10000, 'created_at', original.created_at - n * interval '1 second')
                    || $5::text::jsonb) as copy
            where original.order_id = $1
            """;

    private static final String COPY_HISTORY =
            """
            insert into order_history select copy.* from order_history as original,
                generate_series($2::int, $3::int) as n,
                lateral jsonb_populate_record(original, jsonb_build_object('order_id', $4 || n)) as copy
            where original.order_id = $1
            """;

    private Orders() {}

    /** The call that places an order for 999 with an id of the client's choice, or without one. */
    static Call placing(SuiteUnderTest suite, @Nullable String orderId) {
        String id = orderId == null ? "" : "\"orderId\":\"" + orderId + "\",";
        String body = "{" + id + "\"customerId\":\"bench\",\"currency\":\"USD\","
                + "\"items\":[{\"productId\":\"article\",\"quantity\":1}]}";
        return Call.post(
                suite.orderPort(),
                "/orders",
                suite.client().add("Idempotency-Key", UUID.randomUUID().toString()),
                Buffer.buffer(body));
    }

    /** Places one and waits for the answer. */
    static void place(Surroundings s, String orderId) {
        HttpClient client = s.vertx().createHttpClient();
        int status =
                Surroundings.await(send(client, placing(s.suite(), orderId)).eventually(() -> client.close()));
        if (status != 201) {
            throw new IllegalStateException("POST /orders answered " + status);
        }
    }

    /**
     * Orders like {@code original}, with its history, named by it and a number, about which nobody asks; straight into
     * the tables.
     *
     * @param otherwise a JSON object of the columns that differ
     */
    static void copy(Pool pool, String original, int from, int to, String otherwise) {
        String prefix = original + "-";
        Surroundings.await(pool.preparedQuery(COPY).execute(Tuple.of(original, from, to, prefix, otherwise)));
        Surroundings.await(pool.preparedQuery(COPY_HISTORY).execute(Tuple.of(original, from, to, prefix)));
        Surroundings.await(pool.query("analyze orders, order_history").execute());
    }

    /** Places orders named by the prefix and a number below {@code count}, 32 at a time. */
    static void placeMany(Surroundings s, String prefix, int count) {
        HttpClient client = s.vertx().createHttpClient(new HttpClientOptions().setMaxPoolSize(32));
        AtomicInteger next = new AtomicInteger();
        List<Future<Void>> chains = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            chains.add(placeNext(s, client, prefix, next, count));
        }
        Surroundings.await(Future.all(chains).eventually(() -> client.close()));
    }

    private static Future<Void> placeNext(
            Surroundings s, HttpClient client, String prefix, AtomicInteger next, int count) {
        int n = next.getAndIncrement();
        if (n >= count) {
            return Future.succeededFuture();
        }
        return send(client, placing(s.suite(), prefix + n)).compose(status -> {
            if (status != 201) {
                return Future.failedFuture(new IllegalStateException("POST /orders answered " + status));
            }
            return placeNext(s, client, prefix, next, count);
        });
    }

    private static Future<Integer> send(HttpClient client, Call call) {
        return client.request(call.method(), call.port(), "127.0.0.1", call.path())
                .compose(request -> {
                    request.headers().addAll(call.headers());
                    return request.send(call.body());
                })
                .compose(response -> response.end().map(response.statusCode()));
    }
}
