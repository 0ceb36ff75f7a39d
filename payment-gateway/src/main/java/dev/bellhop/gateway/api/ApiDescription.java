package dev.bellhop.gateway.api;

import dev.bellhop.gateway.domain.PaymentFact;
import dev.bellhop.gateway.domain.PaymentLifecycle;
import dev.bellhop.gateway.domain.PaymentStatus;
import dev.bellhop.gateway.domain.Transition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each call of the API answers, with its problem codes, and examples. Tests fail on an answer or a code that is not said here. */
final class ApiDescription {

    private static final String BODY = "malformed_json, unknown_field, invalid_field, validation_failed";
    private static final String PAGE = "invalid_limit, invalid_cursor";
    private static final String NO_PAYMENT = "payment_not_found";
    private static final String NO_EVENT = "event_not_found";
    private static final String NO_ENDPOINT = "endpoint_not_found";
    private static final String NO_LINK = "the link does not lead to a payment";
    static final String FAULT = "simulated_fault";

    /** The answers that no call decides by itself: they are before it or beneath it, and the same for all. */
    static final Map<String, String> SHARED = new TreeMap<>(Map.of(
            "400", "bad_request, ambiguous_header, ambiguous_parameter, validation_failed",
            "406", "not_acceptable",
            "408", "body_too_slow",
            "413", "body_too_large",
            "414", "target_too_long",
            "415", "unsupported_media_type",
            "417", "expectation_failed",
            "431", "headers_too_large",
            "500", "internal_error",
            "503", "unavailable; with Retry-After"));

    private static final String REFUND =
            "{\"refundId\":\"ref_1\",\"amount\":100,\"status\":\"Succeeded\",\"createdAt\":\"2026-01-31T12:00:00Z\"}";

    private static final String PAYMENT =
            """
            {"paymentId":"pay_1","orderId":"12345","amount":999,"currency":"USD","status":"Pending","capture":"automatic",\
            "amountCaptured":0,"amountRefunded":0,"checkoutUrl":"http://127.0.0.1:8081/checkout/pay_1",\
            "createdAt":"2026-01-31T12:00:00Z","updatedAt":"2026-01-31T12:00:00Z","expiresAt":"2026-02-01T12:00:00Z",\
            "attempts":[],"refunds":[]}""";

    private static final String ENDPOINT =
            """
            {"endpointId":"we_1","url":"https://shop.example/hooks","status":"enabled","style":"standard-webhooks",\
            "events":["payment_success"],"consecutiveFailures":0,"createdAt":"2026-01-31T12:00:00Z"}""";

    /** With a secret that is nobody's. */
    private static final String SHOWN_ONCE = ENDPOINT.replace(
            "\"status\"", "\"secret\":\"whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\",\"status\"");

    private static final String EVENT =
            """
            {"eventId":"evt_1","event":"payment_success","paymentId":"pay_1","orderId":"12345",\
            "occurredAt":"2026-01-31T12:00:00Z","body":{"event":"payment_success","orderId":"12345","amount":999,\
            "status":"Paid","currency":"USD","eventId":"evt_1","paymentId":"pay_1","occurredAt":"2026-01-31T12:00:00Z"}}""";

    private static final String DELIVERY =
            """
            {"deliveryId":1,"endpointId":"we_1","copy":1,"status":"delivered","attempts":1,"dueAt":"2026-01-31T12:00:00Z",\
            "plannedFaults":[],"log":[{"number":1,"startedAt":"2026-01-31T12:00:00Z","durationMs":3,"status":200,\
            "answer":"","error":null,"faults":[]}]}""";

    private static final String COUNTS =
            """
            {"payments":1000,"events":1000,"pending":0,"delivered":1000,"failed":0,"dropped":0,"attempts":1000,\
            "acknowledged":1000}""";

    static final String TRUTH =
            """
            {"orderId":"12345","finalState":"Paid","paid":999,"refunded":0,"statusQueries":0,"payments":[{"paymentId":"pay_1",\
            "status":"Paid","amount":999,"currency":"USD","paid":999,"refunded":0}],"events":[{"eventId":"evt_1",\
            "event":"payment_success","sent":1,"acknowledged":1,"pending":0,"faults":{}}]}""";

    private static final String PLAN = "{\"seed\":42,\"plan\":\"rough-day\"}";
    private static final String NOW = "{\"now\":\"2030-01-01T00:00:00Z\"}";
    private static final String RESENT = "{\"deliveries\":1}";

    private static final Map<String, Call> CALLS = calls();

    /**
     * A call as a client needs to know it.
     *
     * @param asked an example of its body
     * @param example of what it answers
     */
    record Call(String summary, Map<String, String> answers, String asked, String example) {

        /** Another answer. */
        Call or(int status, String meaning) {
            answers.put(String.valueOf(status), meaning);
            return this;
        }

        Call asks(String body) {
            return new Call(summary, answers, body, example);
        }

        Call like(String body) {
            return new Call(summary, answers, asked, body);
        }
    }

    private ApiDescription() {}

    private static Call call(String summary, int status, String meaning) {
        return new Call(summary, new TreeMap<>(), "", "").or(status, meaning);
    }

    /** Of {@code GET /payments}, for one. */
    static Call of(String operation) {
        Call call = CALLS.get(operation);
        if (call == null) {
            throw new IllegalStateException(operation + " is not described");
        }
        return call;
    }

    private static Map<String, Call> calls() {
        Map<String, Call> calls = new LinkedHashMap<>();
        payments(calls);
        endpoints(calls);
        events(calls);
        simulator(calls);
        checkout(calls);
        return calls;
    }

    private static void payments(Map<String, Call> calls) {
        calls.put(
                "POST /payments",
                call("Create a payment", 201, "created")
                        .asks("{\"orderId\":\"12345\",\"amount\":999,\"currency\":\"USD\"}")
                        .like(PAYMENT)
                        .or(400, BODY)
                        .or(422, "unknown_currency"));
        calls.put(
                "GET /payments",
                call(
                                "Find payments",
                                200,
                                "a page of payments, counted as a status query of the order that is asked for")
                        .like(page(PAYMENT))
                        .or(400, PAGE + ", invalid_status, invalid_time"));
        calls.put(
                "GET /payments/{id}",
                call("Ask how a payment stands", 200, "the payment")
                        .like(PAYMENT)
                        .or(404, NO_PAYMENT));
        calls.put(
                "POST /payments/{id}/confirm",
                call("Pay, with this card", 200, "the payment as it is now: a declined card is an answer, too")
                        .asks("{\"card\":\"4242424242424242\"}")
                        .like(PAYMENT)
                        .or(400, BODY)
                        .or(404, NO_PAYMENT)
                        .or(409, refusals(PaymentFact.HELD))
                        .or(422, "unknown_card: see GET /simulator/cards"));
        calls.put(
                "POST /payments/{id}/capture",
                call("Take what was authorized, or a part of it", 200, "the payment as it is now")
                        .asks("{\"amount\":500}")
                        .like(PAYMENT)
                        .or(400, BODY)
                        .or(404, NO_PAYMENT)
                        .or(409, refusals(PaymentFact.CAPTURED))
                        .or(422, "payment_too_much"));
        calls.put(
                "POST /payments/{id}/cancel",
                call("Give a payment up", 200, "the payment as it is now")
                        .like(PAYMENT)
                        .or(404, NO_PAYMENT)
                        .or(409, refusals(PaymentFact.CANCELLED)));
        calls.put(
                "POST /payments/{id}/refunds",
                call("Give money back: all that is left, or a part of it", 201, "the refund")
                        .asks("{\"amount\":100}")
                        .like(REFUND)
                        .or(400, BODY)
                        .or(404, NO_PAYMENT)
                        .or(409, refusals(PaymentFact.PARTLY_REFUNDED))
                        .or(422, "payment_too_much"));
    }

    /** Why a payment may refuse a fact, in all its states. */
    private static String refusals(PaymentFact fact) {
        return Arrays.stream(PaymentStatus.values())
                .map(status -> PaymentLifecycle.after(status, fact))
                .flatMap(after -> after instanceof Transition.Refused refused
                        ? Stream.of(refused.refusal().code())
                        : Stream.of())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static void endpoints(Map<String, Call> calls) {
        String settings = BODY + ", invalid_url, invalid_event";
        calls.put(
                "POST /webhook-endpoints",
                call("Say where webhooks go", 201, "the endpoint with its secret, which is shown this once")
                        .asks("{\"url\":\"https://shop.example/hooks\",\"events\":[\"payment_success\"]}")
                        .like(SHOWN_ONCE)
                        .or(400, settings + ", invalid_style, invalid_secret"));
        calls.put(
                "GET /webhook-endpoints",
                call("List endpoints, oldest first", 200, "all endpoints, or as many as are asked for")
                        .like(page(ENDPOINT))
                        .or(400, PAGE));
        calls.put(
                "GET /webhook-endpoints/{id}",
                call("Read an endpoint", 200, "the endpoint").like(ENDPOINT).or(404, NO_ENDPOINT));
        calls.put(
                "PATCH /webhook-endpoints/{id}",
                call("Change an endpoint, and forget its failures", 200, "the endpoint as it is now")
                        .asks("{\"ratePerSecond\":10,\"status\":\"enabled\"}")
                        .like(ENDPOINT)
                        .or(400, settings)
                        .or(404, NO_ENDPOINT));
        calls.put(
                "DELETE /webhook-endpoints/{id}",
                call("Remove an endpoint and its deliveries", 204, "removed").or(404, NO_ENDPOINT));
        calls.put(
                "POST /webhook-endpoints/{id}/rotate-secret",
                call(
                                "Sign with another secret, and with both during the overlap",
                                200,
                                "the endpoint with its new secret")
                        .asks("{\"overlap\":\"PT24H\"}")
                        .like(SHOWN_ONCE)
                        .or(400, BODY + ", invalid_secret, invalid_overlap")
                        .or(404, NO_ENDPOINT)
                        .or(409, "too_many_secrets"));
        calls.put(
                "POST /webhook-endpoints/{id}/recover",
                call("Send again what an endpoint has missed since then", 202, "how many are sent again")
                        .like(RESENT)
                        .or(400, "invalid_time")
                        .or(404, NO_ENDPOINT));
    }

    private static void events(Map<String, Call> calls) {
        calls.put(
                "GET /events",
                call("Find events, newest first", 200, "a page of events")
                        .like(page(EVENT))
                        .or(400, PAGE + ", invalid_event, invalid_time"));
        calls.put(
                "GET /events/{id}",
                call("Read an event", 200, "the event").like(EVENT).or(404, NO_EVENT));
        calls.put(
                "GET /events/{id}/deliveries",
                call("See how an event was told", 200, "all deliveries with every attempt, or as many as are asked for")
                        .like(page(DELIVERY))
                        .or(400, PAGE)
                        .or(404, NO_EVENT));
        calls.put(
                "POST /events/{id}/resend",
                call("Send an event again", 202, "how many are sent again")
                        .like(RESENT)
                        .or(404, NO_EVENT));
    }

    private static void simulator(Map<String, Call> calls) {
        calls.put(
                "GET /simulator/cards",
                call("List test cards, and amounts that act like them", 200, "all cards, or as many as are asked for")
                        .like(
                                page(
                                        "{\"card\":\"4242424242424242\",\"outcome\":\"succeeds\",\"magicAmount\":900000000,\"failureCode\":null}"))
                        .or(400, PAGE));
        calls.put(
                "GET /simulator/plans",
                call("List named plans, written out", 200, "all plans, or as many as are asked for")
                        .like(page("{\"plan\":\"calm\",\"summary\":\"nothing goes wrong\",\"rules\":[]}"))
                        .or(400, PAGE));
        calls.put(
                "GET /simulator/plan",
                call("Read the plan in force", 200, "the plan").like(PLAN));
        calls.put(
                "PUT /simulator/plan",
                call("Put a plan into force", 200, "the plan")
                        .asks(PLAN)
                        .like(PLAN)
                        .or(400, BODY + ", invalid_plan"));
        calls.put("DELETE /simulator/plan", call("End the plan in force", 204, "nothing goes wrong any more"));
        calls.put(
                "POST /simulator/reset", call("Forget all payments and events", 204, "as if nothing had happened yet"));
        calls.put(
                "GET /simulator/clock",
                call("Ask for the simulator's time", 200, "the time").like(NOW));
        calls.put(
                "PUT /simulator/clock",
                call("Set the simulator's time", 200, "the time")
                        .asks("{\"now\":\"2030-01-01T00:00:00Z\",\"running\":false}")
                        .like(NOW)
                        .or(400, BODY + ", invalid_time"));
        calls.put(
                "POST /simulator/clock/advance",
                call("Move the simulator's time on", 200, "the time, when all that was due has been done")
                        .asks("{\"by\":\"P3D\"}")
                        .like(NOW)
                        .or(400, BODY + ", invalid_duration")
                        .or(409, "clock_is_moving"));
        calls.put(
                "POST /simulator/load",
                call("Make and pay many payments", 202, "begun")
                        .asks("{\"payments\":1000,\"ratePerSecond\":200}")
                        .like("{\"loadId\":\"load_1\",\"orderPrefix\":\"load_1-\",\"payments\":1000}")
                        .or(400, BODY)
                        .or(422, "unknown_currency"));
        calls.put(
                "GET /simulator/load/{id}",
                call("See how far a load is", 200, "how far it is")
                        .like("{\"loadId\":\"load_1\",\"payments\":1000,\"made\":1000,\"counts\":" + COUNTS + "}")
                        .or(404, "load_not_found"));
        calls.put(
                "GET /simulator/truth",
                call("Read what is true, by order", 200, "a page of truths; all of them, one a line, as x-ndjson")
                        .like(page(TRUTH))
                        .or(400, "invalid_limit"));
        calls.put(
                "GET /simulator/truth/summary",
                call("Count what is true", 200, "sums").like(COUNTS));
    }

    /** Whoever knows the link may pay. */
    private static void checkout(Map<String, Call> calls) {
        calls.put(
                "GET /checkout/{id}",
                call("Show the page on which people pay", 200, "the page").or(404, NO_LINK));
        calls.put(
                "POST /checkout/{id}/pay",
                call("Pay on the page", 303, "the page says what came of it")
                        .or(404, NO_LINK)
                        .or(422, "unknown_card"));
        calls.put(
                "POST /checkout/{id}/decline",
                call("Decline on the page", 303, "the page says what came of it")
                        .or(404, NO_LINK));
    }

    private static String page(String entry) {
        return "{\"data\":[" + entry + "],\"nextCursor\":null}";
    }
}
