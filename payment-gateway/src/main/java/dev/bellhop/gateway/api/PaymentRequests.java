package dev.bellhop.gateway.api;

import dev.bellhop.gateway.domain.CaptureMode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What clients send about payments. */
final class PaymentRequests {

    /** Far above any real amount and far below where JSON numbers lose digits. */
    static final long LARGEST_AMOUNT = 999_999_999_999L;

    private PaymentRequests() {}

    @Schema(name = "NewPayment")
    record Create(
            @NotNull
                    @Size(min = 1, max = 128)
                    @Pattern(regexp = "[^\\p{Cntrl}]*", message = "must be without control characters")
                    String orderId,
            @NotNull @Positive @Max(LARGEST_AMOUNT) Long amount,
            @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be three capital letters") String currency,
            @Nullable @Pattern(regexp = "automatic|manual", message = "must be automatic or manual") String capture) {

        CaptureMode captureMode() {
            return capture == null ? CaptureMode.AUTOMATIC : CaptureMode.valueOf(capture.toUpperCase(Locale.ROOT));
        }
    }

    record Confirm(@Nullable @Pattern(regexp = "[0-9 ]{12,23}", message = "must be a card number") String card) {}

    record Amount(@Nullable @Positive @Max(LARGEST_AMOUNT) Long amount) {}
}
