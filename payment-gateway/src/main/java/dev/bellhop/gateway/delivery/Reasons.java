package dev.bellhop.gateway.delivery;

import io.vertx.core.VertxException;
import java.net.ConnectException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why nothing came back, in words that a merchant may read. */
final class Reasons {

    private Reasons() {}

    static String of(Throwable failure) {
        // A receiver's words may be among them, and PostgreSQL's text knows no NUL.
        return text(failure).replace('\0', '\uFFFD');
    }

    private static String text(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "timeout: " + failure.getMessage();
        }
        if (failure instanceof ConnectException) {
            return "connection refused";
        }
        if (failure instanceof SSLException) {
            return "TLS: " + failure.getMessage();
        }
        if (failure instanceof VertxException) {
            return "connection closed";
        }
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }
}
