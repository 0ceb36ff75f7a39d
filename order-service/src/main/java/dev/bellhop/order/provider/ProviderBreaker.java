package dev.bellhop.order.provider;

import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/** Stops asking a provider that does not answer; opens again by itself. */
@ApplicationScoped
class ProviderBreaker {

    private static final long REST_MILLIS = 10_000;

    /** Whoever wants to be left alone for longer is asked in between whether that is still so. */
    private static final Duration LONGEST_REST = Duration.ofHours(1);

    /** After 4 of 8 failures nothing is asked for ten seconds, then one question decides. */
    @CircuitBreaker(requestVolumeThreshold = 8, failureRatio = 0.5, delay = REST_MILLIS)
    @CircuitBreakerName("provider")
    <T> Uni<T> run(Supplier<Uni<T>> question) {
        return question.get();
    }

    /** What a 429 or 503 says about when to come again, an hour at most, or how long we rest; null if the failure says nothing. */
    static @Nullable Duration retryAfter(Throwable failure) {
        if (failure instanceof CircuitBreakerOpenException) {
            return Duration.ofMillis(REST_MILLIS);
        }
        if (failure instanceof WebApplicationException answer) {
            String seconds = answer.getResponse().getHeaderString("Retry-After");
            if (seconds != null && seconds.matches("\\d+")) {
                return seconds.length() > 4 || Long.parseLong(seconds) > LONGEST_REST.toSeconds()
                        ? LONGEST_REST
                        : Duration.ofSeconds(Long.parseLong(seconds));
            }
        }
        return null;
    }
}
