package dev.bellhop.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.bellhop.chassis.Given;
import dev.bellhop.gateway.domain.EventType;
import dev.bellhop.gateway.domain.SignatureStyle;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What clients send about webhook endpoints. */
final class EndpointRequests {

    private static final String RATE = "How many webhooks each instance sends in a second, and at once";

    private EndpointRequests() {}

    @Schema(name = "NewEndpoint")
    record Create(
            @NotNull @Size(max = 2_000) String url,
            @Nullable @Size(min = 8, max = 200) String secret,
            @Nullable String style,
            @Nullable List<@NotNull String> events,
            @Schema(description = RATE) @Nullable @Positive Integer ratePerSecond) {

        @Override
        public String toString() {
            return "Create[url=" + url + "]";
        }
    }

    /** A tree tells a rate that is taken back, by null, from one that is not mentioned. */
    record Patch(
            @Nullable @JsonDeserialize(using = Given.class) @Size(max = 2_000) String url,
            @Nullable @JsonDeserialize(using = Given.class) List<@NotNull String> events,
            @Schema(description = RATE, implementation = Integer.class, minimum = "1", nullable = true) @Nullable
                    JsonNode ratePerSecond,
            @Nullable
                    @JsonDeserialize(using = Given.class)
                    @Pattern(regexp = "enabled|disabled", message = "must be enabled or disabled")
                    String status) {

        /** Nought for as many as there are; null for as before. */
        @Nullable
        Integer rate() {
            if (ratePerSecond == null) {
                return null;
            }
            if (ratePerSecond.isNull()) {
                return 0;
            }
            if (ratePerSecond.isInt() && ratePerSecond.intValue() > 0) {
                return ratePerSecond.intValue();
            }
            throw new BadRequest("validation_failed", "ratePerSecond is a whole number from 1, or null for no limit");
        }
    }

    record Rotate(@Nullable @Size(min = 8, max = 200) String secret, @Nullable String overlap) {

        @Override
        public String toString() {
            return "Rotate[]";
        }
    }

    static URI url(String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            boolean plain = url.getRawUserInfo() == null && url.getRawFragment() == null;
            if (http && url.getHost() != null && plain && isPort(url.getPort())) {
                return url;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new BadRequest(
                "invalid_url", "url is an absolute http or https URL without user and fragment, its port 1 to 65535");
    }

    /** -1 is the scheme's own. */
    private static boolean isPort(int port) {
        return port == -1 || (port > 0 && port <= 65_535);
    }

    static SignatureStyle style(@Nullable String word) {
        if (word == null) {
            return SignatureStyle.STANDARD_WEBHOOKS;
        }
        try {
            return SignatureStyle.of(word);
        } catch (IllegalArgumentException e) {
            throw new BadRequest(
                    "invalid_style", "style is one of standard-webhooks, standard-webhooks-asymmetric, stripe, github");
        }
    }

    static Set<EventType> events(@Nullable List<String> words) {
        if (words == null) {
            return Set.of();
        }
        try {
            return words.stream().map(EventType::of).collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            throw new BadRequest("invalid_event", "events has a type that does not exist");
        }
    }
}
