package dev.bellhop.order.api;

import dev.bellhop.order.domain.Move;
import dev.bellhop.order.domain.OrderLifecycle;
import dev.bellhop.order.domain.Stage;
import dev.bellhop.order.domain.Standing;
import dev.bellhop.order.domain.Transition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each call of the API answers, with its problem codes, and examples. Tests fail on an answer or a code that is not
 * said here, and on an answer that none of them got.
 */
final class ApiDescription {

    private static final String BODY = "malformed_json, unknown_field, invalid_field, validation_failed";
    private static final String NO_ORDER = "order_not_found";
    private static final String PAGE_OF_ORDERS =
            "a page of orders; one search looks through ten thousand at most, so a page with a nextCursor may be short, or empty";
    private static final String NO_JSON = "unsupported_media_type";
    private static final String NO_PROVIDER =
            "provider_unavailable, unavailable; with Retry-After, and the order is unchanged";

    private static final String REFUSED =
            "provider_refused: the provider says no, and why; the order is unchanged, and trying again does not help";

    /** The answers that no call decides by itself: they are before it or beneath it, and the same for all. */
    static final Map<String, String> SHARED = new TreeMap<>(Map.of(
            "400", "ambiguous_header, ambiguous_parameter, bad_request",
            "408", "body_too_slow",
            "413", "body_too_large",
            "414", "target_too_long",
            "417", "expectation_failed",
            "429", "rate_limited; with Retry-After",
            "431", "headers_too_large",
            "500", "internal_error",
            "503", "unavailable; with Retry-After"));

    private static final String ORDER =
            """
            {"orderId":"12345","customerId":"customer-1","status":"Pending","amount":999,"currency":"USD",\
            "items":[{"productId":"article","quantity":1,"amount":999}],"amountPaid":0,"amountRefunded":0,"version":1,\
            "createdAt":"2026-01-31T12:00:00Z","updatedAt":"2026-01-31T12:00:00Z"}""";

    private static final String STATUS = "{\"orderId\":\"12345\",\"status\":\"Shipped\"}";

    /** Of the framework's events a client sees this. */
    private static final String WATCHED =
            """
            id: 3
            event: status
            data: {"orderId":"12345","status":"Shipped","version":3,"at":"2026-01-31T12:00:00Z"}
            """;

    private static final Map<String, Call> CALLS = calls();

    /** What a client needs to know of a call; an answer as its meaning by its status. */
    record Call(String summary, Map<String, String> answers, String example) {

        /** Another answer. */
        Call or(int status, String meaning) {
            answers.put(String.valueOf(status), meaning);
            return this;
        }

        Call like(String body) {
            return new Call(summary, answers, body);
        }
    }

    private ApiDescription() {}

    private static Call call(String summary, int status, String meaning) {
        return new Call(summary, new LinkedHashMap<>(), "").or(status, meaning);
    }

    /** Of {@code GET /orders}, for one. */
    static Call of(String operation) {
        Call call = CALLS.get(operation);
        if (call == null) {
            throw new IllegalStateException(operation + " is not described");
        }
        return call;
    }

    private static Map<String, Call> calls() {
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put(
                "POST /orders",
                call("Place an order", 201, "placed, at the catalogue's prices")
                        .like(ORDER)
                        .or(400, BODY + ", invalid_idempotency_key")
                        .or(409, "order_exists, idempotency_key_in_flight")
                        .or(415, NO_JSON)
                        .or(422, "unknown_product, currency_differs, amount_too_large, idempotency_key_reused"));
        calls.put(
                "GET /orders",
                call("Find orders, newest first", 200, PAGE_OF_ORDERS)
                        .or(400, "invalid_limit, invalid_cursor, invalid_time, unknown_status, validation_failed"));
        calls.put(
                "GET /orders/{id}",
                call("Read an order", 200, "the order")
                        .like(ORDER)
                        .or(304, "it is as the client knows it")
                        .or(404, NO_ORDER));
        calls.put(
                "PATCH /orders/{id}",
                call("Change a pending order", 200, "the order as it is now")
                        .like(ORDER)
                        .or(400, BODY + ", nothing_to_change")
                        .or(404, NO_ORDER)
                        .or(409, refusals(Move.REVISE) + ", payment_requested")
                        .or(412, "version_differs")
                        .or(415, NO_JSON)
                        .or(422, "unknown_product, currency_differs, amount_too_large")
                        .or(428, "precondition_required"));
        calls.put(
                "DELETE /orders/{id}",
                call("Remove a pending order", 204, "removed")
                        .or(404, NO_ORDER)
                        .or(409, refusals(Move.REVISE) + ", payment_requested")
                        .or(412, "version_differs")
                        .or(428, "precondition_required"));
        calls.put(
                "GET /orders/{id}/status",
                call("Ask where an order stands", 200, "the status")
                        .like(STATUS)
                        .or(304, "it is as the client knows it")
                        .or(404, NO_ORDER));
        calls.put(
                "GET /orders/{id}/history",
                call(
                                "Read every change of an order",
                                200,
                                "all changes, oldest first, a page of them if they are a thousand; asking for a payment raises the version and is none")
                        .or(400, "invalid_limit, invalid_cursor")
                        .or(404, NO_ORDER));
        calls.put(
                "GET /orders/{id}/stream",
                call(
                                "Watch an order",
                                200,
                                "its state, then each change, until it is final; if it ends before, ask again with Last-Event-ID")
                        .like(WATCHED)
                        .or(204, "the client has everything, and the order is final")
                        .or(404, NO_ORDER)
                        .or(429, "rate_limited, too_many_streams: of this key; with Retry-After")
                        .or(503, "unavailable, too_many_streams: of all keys; with Retry-After"));
        calls.put(
                "POST /orders/{id}/payment",
                call("Ask the provider for a payment", 201, "how to pay")
                        .or(404, NO_ORDER)
                        .or(409, refusals(Move.PAY))
                        .or(412, "version_differs")
                        .or(422, REFUSED)
                        .or(503, NO_PROVIDER));
        for (Move move : List.of(Move.SHIP, Move.DELIVER, Move.CANCEL)) {
            String word = move.name().toLowerCase(Locale.ROOT);
            calls.put(
                    "POST /orders/{id}/" + word,
                    call("Order: " + word, 200, "the order as it is now")
                            .like(ORDER)
                            .or(400, BODY)
                            .or(404, NO_ORDER)
                            .or(409, refusals(move))
                            .or(412, "version_differs")
                            .or(415, NO_JSON));
        }
        calls.put(
                "POST /orders/{id}/refund",
                call("Give money back", 202, "asked for at the provider")
                        .like(ORDER)
                        .or(400, BODY + ", invalid_idempotency_key")
                        .or(404, NO_ORDER)
                        .or(409, refusals(Move.REFUND) + ", no_payment, idempotency_key_in_flight")
                        .or(412, "version_differs")
                        .or(415, NO_JSON)
                        .or(422, "amount_too_large, idempotency_key_reused, " + REFUSED)
                        .or(503, NO_PROVIDER));
        catalogue(calls);
        customers(calls);
        keys(calls);
        operations(calls);
        return calls;
    }

    /** Why an order may refuse a move, in all its states. */
    private static String refusals(Move move) {
        return Arrays.stream(Stage.values())
                .flatMap(stage ->
                        Arrays.stream(Standing.values()).map(standing -> OrderLifecycle.after(stage, standing, move)))
                .flatMap(after -> after instanceof Transition.Refused refused ? Stream.of(refused.code()) : Stream.of())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static void catalogue(Map<String, Call> calls) {
        String product =
                "{\"productId\":\"article\",\"name\":\"The article's order\",\"amount\":999,\"currency\":\"USD\"}";
        calls.put(
                "GET /products",
                call("Search the catalogue", 200, "a page of products")
                        .or(400, "invalid_limit, invalid_cursor, validation_failed"));
        calls.put(
                "POST /products",
                call("Add a product", 201, "added")
                        .like(product)
                        .or(400, BODY + ", invalid_idempotency_key")
                        .or(409, "product_exists, idempotency_key_in_flight")
                        .or(415, NO_JSON)
                        .or(422, "idempotency_key_reused"));
        calls.put(
                "GET /products/{id}",
                call("Read a product", 200, "the product").like(product).or(404, "product_not_found"));
        calls.put(
                "POST /products/{id}",
                call("Add a product of this id", 201, "added")
                        .like(product)
                        .or(400, BODY + ", product_id_differs, invalid_idempotency_key")
                        .or(409, "product_exists, idempotency_key_in_flight")
                        .or(415, NO_JSON)
                        .or(422, "idempotency_key_reused"));
        calls.put(
                "PUT /products/{id}",
                call("Add or change a product", 200, "changed")
                        .like(product)
                        .or(201, "added")
                        .or(400, BODY + ", product_id_differs")
                        .or(415, NO_JSON));
        calls.put(
                "DELETE /products/{id}",
                call("Remove a product; orders keep theirs", 204, "removed").or(404, "product_not_found"));
    }

    private static void customers(Map<String, Call> calls) {
        String customer = "{\"customerId\":\"customer-1\",\"name\":\"Ada\",\"email\":\"ada@example.com\"}";
        calls.put(
                "GET /customers/{id}",
                call("Read a customer", 200, "the customer").like(customer).or(404, "customer_not_found"));
        calls.put(
                "POST /customers/{id}",
                call("Add a customer", 201, "added")
                        .like(customer)
                        .or(400, BODY + ", customer_id_differs, invalid_idempotency_key")
                        .or(409, "customer_exists, idempotency_key_in_flight")
                        .or(415, NO_JSON)
                        .or(422, "idempotency_key_reused"));
        calls.put(
                "PUT /customers/{id}",
                call("Add or change a customer", 200, "changed")
                        .like(customer)
                        .or(201, "added")
                        .or(400, BODY + ", customer_id_differs")
                        .or(415, NO_JSON));
        calls.put(
                "GET /customers/{id}/orders",
                call("Read a customer's order history", 200, PAGE_OF_ORDERS)
                        .or(400, "invalid_limit, invalid_cursor, unknown_status")
                        .or(404, "customer_not_found: there can be no customer of this id"));
    }

    private static void keys(Map<String, Call> calls) {
        calls.put(
                "GET /api-keys",
                call("List API keys", 200, "all keys, without the keys themselves")
                        .or(400, "invalid_limit, invalid_cursor"));
        calls.put(
                "POST /api-keys",
                call("Make an API key", 201, "the key: it is shown this once")
                        .or(400, BODY + ", unknown_scope")
                        .or(415, NO_JSON));
        calls.put(
                "POST /api-keys/{id}/rotate",
                call("Make a key like another", 201, "the key: it is shown this once")
                        .or(404, "api_key_not_found")
                        .or(409, "api_key_revoked"));
        calls.put(
                "DELETE /api-keys/{id}",
                call("Revoke an API key", 200, "revoked").or(404, "api_key_not_found"));
    }

    private static void operations(Map<String, Call> calls) {
        String selection = "invalid_time, unknown_status, validation_failed";
        calls.put(
                "POST /orders/{id}/review/resolve",
                call("Decide about an order in review", 200, "the order as it is now")
                        .like(ORDER)
                        .or(400, BODY)
                        .or(404, NO_ORDER)
                        .or(409, "not_in_review, no_payment")
                        .or(412, "version_differs")
                        .or(415, NO_JSON)
                        .or(422, REFUSED)
                        .or(503, NO_PROVIDER));
        calls.put(
                "GET /dead-letters",
                call(
                                "List records that could not be applied",
                                200,
                                "a page of dead letters; shorter than asked for if these are large")
                        .or(400, "invalid_limit, invalid_cursor"));
        calls.put(
                "POST /dead-letters/{origin}/redrive",
                call("Send a dead letter through again", 200, "sent")
                        .or(400, BODY)
                        .or(404, "dead_letter_not_found")
                        .or(415, NO_JSON));
        calls.put("GET /reconciliation", call("See how far reconciliation is", 200, "what is still to be asked"));
        calls.put(
                "GET /webhook-events",
                call("Search received events, newest first", 200, "a page of events")
                        .or(400, "invalid_limit, invalid_cursor, " + selection));
        calls.put(
                "GET /webhook-events/{id}",
                call(
                                "Read a received event, of this source if several have its id",
                                200,
                                "the event as it came, and its replays")
                        .or(404, "event_not_found"));
        calls.put(
                "POST /webhook-events/{id}/replay",
                call("Apply an event again, of this source if several have its id", 200, "what came of it")
                        .or(400, BODY)
                        .or(404, "event_not_found")
                        .or(415, NO_JSON));
        calls.put(
                "POST /webhook-events/replay",
                call(
                                "Apply many events again, perSecond at most if that is said, or count them",
                                200,
                                "what came of each, and nextCursor if there are more; of a dry run how many there are, a million at most")
                        .or(400, BODY + ", " + selection + ", invalid_cursor, nothing_selected: say which events")
                        .or(415, NO_JSON)
                        .or(422, "replay_too_slow: at this rate it would take more than a minute"));
    }
}
