package dev.bellhop.bench;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/** One HTTP request of a load run. An empty body sends none. */
record Call(HttpMethod method, int port, String path, MultiMap headers, Buffer body) {

    static Call get(int port, String path, MultiMap headers) {
        return new Call(HttpMethod.GET, port, path, headers, Buffer.buffer());
    }

    static Call put(int port, String path, MultiMap headers, Buffer body) {
        return new Call(HttpMethod.PUT, port, path, headers, body);
    }

    static Call patch(int port, String path, MultiMap headers, Buffer body) {
        return new Call(HttpMethod.PATCH, port, path, headers, body);
    }

    static Call post(int port, String path, MultiMap headers, Buffer body) {
        return new Call(HttpMethod.POST, port, path, headers, body);
    }
}
