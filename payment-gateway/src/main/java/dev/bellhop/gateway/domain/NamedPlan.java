package dev.bellhop.gateway.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Plans that ship with the simulator. */
public enum NamedPlan {
    /** Nothing goes wrong. */
    CALM("nothing goes wrong"),
    /** What a real provider does on an ordinary bad day. */
    ROUGH_DAY("duplicates, delays, overtaking, lost webhooks and slow answers, each in a few per cent of cases"),
    /** Somebody is trying things out. */
    HOSTILE("forged, stale, changed, truncated and oversized webhooks beside the true ones"),
    /** Many orders, and everything is late. */
    BLACK_FRIDAY("late and repeated webhooks, slow calls and 429 storms"),
    /** The provider is down, then comes back. */
    PROVIDER_OUTAGE("the API is down from the 10th to the 40th second; a third of all webhooks is lost");

    private final String summary;

    NamedPlan(String summary) {
        this.summary = summary;
    }

    public String summary() {
        return summary;
    }

    /** The name in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static NamedPlan of(String word) {
        return Arrays.stream(values())
                .filter(plan -> plan.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new FaultPlan.Invalid(
                        "plan",
                        "must be one of "
                                + Arrays.stream(values()).map(NamedPlan::word).toList()));
    }

    /** The plan written out, as it could have been sent. */
    public static Map<String, Object> rules(NamedPlan plan) {
        List<Map<String, Object>> rules =
                switch (plan) {
                    case CALM -> List.of();
                    case ROUGH_DAY ->
                        List.of(
                                sometimes(0.10, Map.of("do", "duplicate", "times", 2, "together", true)),
                                sometimes(0.05, Map.of("do", "duplicate", "times", 3)),
                                sometimes(0.10, Map.of("do", "delay", "by", "PT2S")),
                                sometimes(0.10, Map.of("do", "reorder", "by", "PT5S")),
                                sometimes(0.02, Map.of("do", "drop")),
                                sometimes(0.02, Map.of("do", "connection_reset")),
                                sometimes(0.05, Map.of("do", "latency", "by", "PT0.3S")),
                                sometimes(0.02, Map.of("do", "error", "status", 502)),
                                sometimes(0.02, Map.of("do", "response_lost")));
                    case HOSTILE ->
                        List.of(
                                sometimes(0.10, Map.of("do", "bad_signature")),
                                sometimes(0.10, Map.of("do", "wrong_key")),
                                sometimes(0.05, Map.of("do", "no_signature")),
                                sometimes(0.05, Map.of("do", "stale_timestamp")),
                                sometimes(0.05, Map.of("do", "future_timestamp")),
                                sometimes(0.10, Map.of("do", "body_changed")),
                                sometimes(0.05, Map.of("do", "truncated_body")),
                                sometimes(0.05, Map.of("do", "wrong_content_type")),
                                sometimes(0.02, Map.of("do", "oversized")),
                                sometimes(0.10, Map.of("do", "duplicate", "times", 5, "together", true)));
                    case BLACK_FRIDAY ->
                        List.of(
                                sometimes(0.50, Map.of("do", "delay", "by", "PT1S")),
                                sometimes(0.20, Map.of("do", "duplicate", "times", 2)),
                                sometimes(0.20, Map.of("do", "latency", "by", "PT0.5S")),
                                sometimes(0.10, Map.of("do", "too_many_requests", "by", "PT1S")));
                    case PROVIDER_OUTAGE ->
                        List.of(
                                Map.of("do", "outage", "from", "PT10S", "until", "PT40S"),
                                sometimes(0.33, Map.of("do", "drop")));
                };
        return Map.of("rules", rules);
    }

    private static Map<String, Object> sometimes(double probability, Map<String, Object> fault) {
        Map<String, Object> rule = new TreeMap<>(fault);
        rule.put("match", Map.of("probability", probability));
        return rule;
    }
}
