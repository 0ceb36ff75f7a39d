package dev.bellhop.ingress.app;

import dev.bellhop.ingress.domain.Source;
import dev.bellhop.ingress.domain.TokenBucket;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How fast each source is. Only authentic deliveries count: a forger must not use up what a provider may send. */
@Singleton
final class Rates {

    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    boolean allows(Source source) {
        Integer rate = source.limits().rate();
        return rate == null
                || buckets.computeIfAbsent(source.name(), name -> new TokenBucket(rate, System.nanoTime()))
                        .take(System.nanoTime());
    }
}
