package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.domain.Attempt;
import dev.bellhop.gateway.domain.Attempt.Outcome;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of attempts says about one endpoint.
 *
 * @param succeeded whether any attempt did
 * @param failures how many failed since the last success within the batch
 * @param failingSince when the first of these was
 * @param gone where nobody wants webhooks any more
 */
record EndpointNews(
        String endpointId,
        boolean succeeded,
        int failures,
        @Nullable Instant failingSince,
        Instant at,
        @Nullable URI gone) {

    static List<EndpointNews> of(List<Attempt> attempts) {
        Map<String, EndpointNews> news = new LinkedHashMap<>();
        for (Attempt attempt : attempts) {
            EndpointNews before = news.getOrDefault(
                    attempt.endpointId(),
                    new EndpointNews(attempt.endpointId(), false, 0, null, attempt.startedAt(), null));
            news.put(attempt.endpointId(), before.and(attempt));
        }
        return new ArrayList<>(news.values());
    }

    private EndpointNews and(Attempt attempt) {
        Instant latest = at.isAfter(attempt.startedAt()) ? at : attempt.startedAt();
        if (attempt.outcome() == Outcome.DELIVERED) {
            return new EndpointNews(endpointId, true, 0, null, latest, gone);
        }
        Instant since = failingSince == null ? attempt.startedAt() : failingSince;
        URI left = attempt.outcome() == Outcome.GONE ? attempt.url() : gone;
        return new EndpointNews(endpointId, succeeded, failures + 1, since, latest, left);
    }
}
