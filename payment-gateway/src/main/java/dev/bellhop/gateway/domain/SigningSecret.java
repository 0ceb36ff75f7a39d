package dev.bellhop.gateway.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's webhooks are signed with.
 *
 * @param text as it was shown to the merchant, prefix included
 * @param expiresAt when an older secret stops being used beside the newest one; null for the newest
 */
public record SigningSecret(String text, @Nullable Instant expiresAt) {

    /** Whether webhooks are signed with it at this moment. */
    public boolean live(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    @Override
    public String toString() {
        return "SigningSecret[expiresAt=" + expiresAt + "]";
    }
}
