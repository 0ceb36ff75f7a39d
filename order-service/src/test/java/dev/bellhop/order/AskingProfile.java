package dev.bellhop.order;

import java.util.Map;

/** Every capture is asked about, and nothing in a hurry. */
public final class AskingProfile extends RealPartsProfile {

    static final int QUESTIONS_PER_SECOND = 6;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "orders.asking.details",
                "always",
                "orders.provider.questions-per-second",
                String.valueOf(QUESTIONS_PER_SECOND));
    }
}
