package dev.bellhop.order.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.bellhop.chassis.Given;
import dev.bellhop.order.app.PlaceOrder.Wanted;
import dev.bellhop.order.app.ReviseOrder.Revision;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients send about orders. */
final class OrderRequests {

    private OrderRequests() {}

    /** One line of an order. */
    record ItemRequest(
            @NotNull @Pattern(regexp = Ids.FORM, message = Ids.MESSAGE) String productId,
            @NotNull @Min(1) @Max(10_000) Integer quantity) {

        Wanted wanted() {
            return new Wanted(productId, quantity);
        }
    }

    /** A new order. */
    record Place(
            @Nullable @Pattern(regexp = Ids.FORM, message = Ids.MESSAGE) String orderId,
            @NotNull @Pattern(regexp = Ids.FORM, message = Ids.MESSAGE) String customerId,
            @NotNull @PaidIn @Pattern(regexp = "[A-Z]{3}", message = "must be three capital letters") String currency,
            @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid ItemRequest> items) {

        List<Wanted> wanted() {
            return items.stream().map(ItemRequest::wanted).toList();
        }
    }

    /** What is to be different; what is left out stays. */
    record Revise(
            @Nullable @JsonDeserialize(using = Given.class) @Pattern(regexp = Ids.FORM, message = Ids.MESSAGE)
                    String customerId,
            @Nullable @JsonDeserialize(using = Given.class) @Size(min = 1, max = 100)
                    List<@NotNull @Valid ItemRequest> items) {

        Revision revision() {
            if (customerId == null && items == null) {
                throw new Rejected("nothing_to_change", "say customerId or items");
            }
            return new Revision(
                    customerId,
                    items == null
                            ? null
                            : items.stream().map(ItemRequest::wanted).toList());
        }
    }

    /** Why. */
    record Reason(@Nullable @Size(max = 500) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) String reason) {}

    /** How much to give back, and why. */
    record Refund(
            @Nullable @Positive @Max(Ids.LARGEST_AMOUNT) Long amount,
            @Nullable @Size(max = 500) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) String reason) {}
}
