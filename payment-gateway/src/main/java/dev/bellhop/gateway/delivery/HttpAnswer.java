package dev.bellhop.gateway.delivery;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** A receiver's answer: the status, the first bytes, and when it wants to be asked again. */
record HttpAnswer(int status, String text, @Nullable Duration retryAfter) {

    /** As much of the answer as is kept. */
    private static final int KEPT = 512;
    /** A receiver that answers more than this is cut off. */
    private static final int LONGEST = 64 * 1024;

    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    static Future<HttpAnswer> read(HttpClientResponse response) {
        Promise<HttpAnswer> answer = Promise.promise();
        Buffer head = Buffer.buffer();
        long[] length = {0};
        response.handler(chunk -> {
            length[0] += chunk.length();
            head.appendBuffer(chunk, 0, Math.min(chunk.length(), KEPT - head.length()));
            if (length[0] > LONGEST) {
                answer.tryComplete(of(response, head));
                response.request().reset();
            }
        });
        response.exceptionHandler(answer::tryFail);
        response.endHandler(end -> answer.tryComplete(of(response, head)));
        return answer.future();
    }

    private static HttpAnswer of(HttpClientResponse response, Buffer head) {
        // PostgreSQL's text knows no NUL.
        String text = new String(head.getBytes(), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
        return new HttpAnswer(
                response.statusCode(), text, retryAfter(response.getHeader("Retry-After"), Instant.now()));
    }

    /** Seconds or an HTTP date; anything else counts as absent. */
    static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        try {
            Duration wait = header.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(header.strip()))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
