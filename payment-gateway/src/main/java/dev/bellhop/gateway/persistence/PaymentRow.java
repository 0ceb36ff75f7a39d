package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.domain.CaptureMode;
import dev.bellhop.gateway.domain.CardAttempt;
import dev.bellhop.gateway.domain.CardAttempt.CardAnswer;
import dev.bellhop.gateway.domain.Payment;
import dev.bellhop.gateway.domain.PaymentStatus;
import dev.bellhop.gateway.domain.Refund;
import dev.bellhop.gateway.domain.RefundStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A payment as a row. */
final class PaymentRow {

    static final String COLUMNS =
            "id, owner, order_id, amount, currency, capture, status, captured, refunded, attempts,"
                    + " refunds, card, settle_at, expires_at, created_at, updated_at, version";

    private PaymentRow() {}

    /** The values in the order of {@link #COLUMNS}. */
    static Tuple of(Payment payment) {
        return Tuple.from(Arrays.asList(
                payment.id(),
                payment.owner(),
                payment.orderId(),
                payment.amount(),
                payment.currency(),
                payment.capture().name(),
                payment.status().name(),
                payment.captured(),
                payment.refunded(),
                attempts(payment),
                refunds(payment),
                payment.card(),
                Times.nullable(payment.settleAt()),
                Times.of(payment.expiresAt()),
                Times.of(payment.createdAt()),
                Times.of(payment.updatedAt()),
                payment.version()));
    }

    static Payment toPayment(Row row) {
        return new Payment(
                row.getString("id"),
                row.getString("owner"),
                row.getString("order_id"),
                row.getLong("amount"),
                row.getString("currency"),
                CaptureMode.valueOf(row.getString("capture")),
                PaymentStatus.valueOf(row.getString("status")),
                row.getLong("captured"),
                row.getLong("refunded"),
                attempts((JsonArray) row.getJson("attempts")),
                refunds((JsonArray) row.getJson("refunds")),
                row.getString("card"),
                Times.nullableIn(row, "settle_at"),
                Times.in(row, "expires_at"),
                Times.in(row, "created_at"),
                Times.in(row, "updated_at"),
                row.getInteger("version"));
    }

    static JsonArray attempts(Payment payment) {
        JsonArray array = new JsonArray();
        for (CardAttempt attempt : payment.attempts()) {
            array.add(new JsonObject()
                    .put("number", attempt.number())
                    .put("card", attempt.card())
                    .put("answer", attempt.answer().name())
                    .put("failureCode", attempt.failureCode())
                    .put("at", attempt.at().toString()));
        }
        return array;
    }

    private static List<CardAttempt> attempts(JsonArray array) {
        return array.stream()
                .map(JsonObject.class::cast)
                .map(json -> new CardAttempt(
                        json.getInteger("number"),
                        json.getString("card"),
                        CardAnswer.valueOf(json.getString("answer")),
                        json.getString("failureCode"),
                        Instant.parse(json.getString("at"))))
                .toList();
    }

    static JsonArray refunds(Payment payment) {
        JsonArray array = new JsonArray();
        for (Refund refund : payment.refunds()) {
            array.add(new JsonObject()
                    .put("id", refund.id())
                    .put("amount", refund.amount())
                    .put("status", refund.status().name())
                    .put("createdAt", refund.createdAt().toString())
                    .put("settleAt", Objects.toString(refund.settleAt(), null)));
        }
        return array;
    }

    private static List<Refund> refunds(JsonArray array) {
        return array.stream()
                .map(JsonObject.class::cast)
                .map(json -> new Refund(
                        json.getString("id"),
                        json.getLong("amount"),
                        RefundStatus.valueOf(json.getString("status")),
                        Instant.parse(json.getString("createdAt")),
                        instant(json.getString("settleAt"))))
                .toList();
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
