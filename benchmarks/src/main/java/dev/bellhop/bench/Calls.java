package dev.bellhop.bench;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;

/** Calls whose answers matter, not their number. */
final class Calls {

    private Calls() {}

    /** An answer, and what went over the wire for it, status line and headers included. */
    record Answer(int status, JsonObject json, long bytes) {}

    static HttpClient client(Surroundings s, int connections) {
        return s.vertx().createHttpClient(new HttpClientOptions().setMaxPoolSize(connections));
    }

    /** One, on a connection of its own. Fails unless it is answered with 2xx. */
    static Future<Answer> json(Surroundings s, Call call) {
        HttpClient client = client(s, 1);
        return json(client, call).eventually(() -> client.close());
    }

    static Future<Answer> json(HttpClient client, Call call) {
        return client.request(call.method(), call.port(), "127.0.0.1", call.path())
                .compose(request -> {
                    request.headers().addAll(call.headers());
                    return call.body().length() == 0 ? request.send() : request.send(call.body());
                })
                .compose(response -> response.body().compose(body -> {
                    if (response.statusCode() / 100 != 2) {
                        return Future.failedFuture(call.path() + " gave " + response.statusCode() + " " + body);
                    }
                    long bytes = call.path().length()
                            + size(call.headers())
                            + call.body().length()
                            + size(response.headers())
                            + body.length();
                    JsonObject json = body.length() == 0 ? new JsonObject() : body.toJsonObject();
                    return Future.succeededFuture(new Answer(response.statusCode(), json, bytes));
                }));
    }

    private static long size(Iterable<java.util.Map.Entry<String, String>> headers) {
        long size = 0;
        for (var header : headers) {
            size += header.getKey().length() + header.getValue().length() + 4L;
        }
        return size;
    }
}
