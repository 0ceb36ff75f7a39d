package dev.bellhop.prove;

import dev.bellhop.local.Http;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a customer does with one order: steps, each tried again until it succeeds. */
final class Journey {

    /** What becomes of an order, and how many of a thousand do. */
    enum Kind {
        PAYS(560),
        PAYS_AND_IS_SENT(120),
        PAYS_AT_THE_SECOND_TRY(80),
        IS_DECLINED(50),
        PAYS_BEFORE_ORDERING(60),
        IS_REFUNDED_PARTLY(50),
        IS_REFUNDED(30),
        CANCELS(20),
        NEVER_PAYS(30);

        private final int share;

        Kind(int share) {
            this.share = share;
        }

        static Kind drawn(RandomGenerator random) {
            int number = random.nextInt(1_000);
            for (Kind kind : values()) {
                number -= kind.share;
                if (number < 0) {
                    return kind;
                }
            }
            throw new IllegalStateException("the shares make a thousand");
        }

        /** Where an order may end if this is what the provider knows of it. */
        Set<String> ends(String truth) {
            return switch (truth) {
                case "Paid" -> this == PAYS_AND_IS_SENT ? Set.of("Delivered") : Set.of("Paid");
                case "PaymentFailed" -> Set.of("PaymentFailed", "Expired");
                case "Pending" -> this == CANCELS ? Set.of("Cancelled") : Set.of("Pending", "Expired");
                default -> Set.of(truth);
            };
        }
    }

    /** One call; false: not yet. */
    private interface Step {
        boolean done();
    }

    private static final String GOOD_CARD = "4242424242424242";
    private static final String BAD_CARD = "4000000000000002";
    private static final long PRICE = 999;
    private static final long PART = 300;

    /** How often a customer who has paid looks whether the shop knows, before ordering all the same. */
    private static final int LOOKS = 10;

    private final Kind kind;
    private final String orderId;
    private final Api api;
    private final Deque<Step> steps = new ArrayDeque<>();
    private String paymentId = "";
    private int looks;
    private volatile boolean exists;
    private volatile @Nullable Instant paidAt;
    private volatile String stuckAt = "";

    Journey(Kind kind, String orderId, Api api) {
        this.kind = kind;
        this.orderId = orderId;
        this.api = api;
        plan();
    }

    private void plan() {
        if (kind == Kind.PAYS_BEFORE_ORDERING) {
            steps.addAll(
                    List.of(this::paymentOfTheProvider, () -> confirm(GOOD_CARD, "1"), this::isHeardOf, this::place));
            return;
        }
        steps.add(this::place);
        if (kind == Kind.CANCELS) {
            steps.add(() -> move("cancel", ""));
            return;
        }
        steps.add(this::payment);
        switch (kind) {
            case PAYS -> steps.add(() -> confirm(GOOD_CARD, "1"));
            case PAYS_AND_IS_SENT ->
                steps.addAll(List.of(
                        () -> confirm(GOOD_CARD, "1"),
                        () -> is("Paid"),
                        () -> move("ship", ""),
                        () -> move("deliver", "")));
            case PAYS_AT_THE_SECOND_TRY ->
                steps.addAll(List.of(() -> confirm(BAD_CARD, "1"), () -> confirm(GOOD_CARD, "2")));
            case IS_DECLINED -> steps.add(() -> confirm(BAD_CARD, "1"));
            case IS_REFUNDED_PARTLY ->
                steps.addAll(List.of(
                        () -> confirm(GOOD_CARD, "1"),
                        () -> is("Paid"),
                        () -> move("refund", "{\"amount\":" + PART + "}")));
            case IS_REFUNDED ->
                steps.addAll(List.of(() -> confirm(GOOD_CARD, "1"), () -> is("Paid"), () -> move("refund", "")));
            case NEVER_PAYS, CANCELS, PAYS_BEFORE_ORDERING -> {}
        }
    }

    Kind kind() {
        return kind;
    }

    String orderId() {
        return orderId;
    }

    /** When the customer began to pay; null if never. */
    @Nullable
    Instant paidAt() {
        return paidAt;
    }

    /** Whether a client was told that the order is placed. */
    boolean exists() {
        return exists;
    }

    /** The last answer that was not the one hoped for. */
    String stuckAt() {
        return stuckAt;
    }

    boolean isOver() {
        return steps.isEmpty();
    }

    /** Tries the next step once; whether it is done. */
    boolean advance() {
        @Nullable Step step = steps.peek();
        if (step == null) {
            return true;
        }
        boolean done = isDone(step);
        if (done) {
            steps.poll();
            stuckAt = "";
        }
        return done;
    }

    /** An answer that cannot be read, as one that was cut short, is none: a customer tries again. */
    private boolean isDone(Step step) {
        try {
            return step.done();
        } catch (RuntimeException e) {
            return stuck("fails with " + e);
        }
    }

    private boolean place() {
        boolean placed = hoped(api.place(orderId, "article"), 201);
        exists |= placed;
        return placed;
    }

    private boolean payment() {
        Http.Answer answer = api.shop("POST", "/orders/" + orderId + "/payment", "", "");
        if (answer.status() == 409) {
            return tooLate();
        }
        if (!hoped(answer, 201)) {
            return false;
        }
        paymentId = answer.json().path("paymentId").asText();
        return true;
    }

    private boolean paymentOfTheProvider() {
        String body = "{\"orderId\":\"" + orderId + "\",\"amount\":" + PRICE + ",\"currency\":\"USD\"}";
        Http.Answer answer = api.provider("POST", "/payments", "early-" + orderId, body);
        if (!hoped(answer, 201)) {
            return false;
        }
        paymentId = answer.json().path("paymentId").asText();
        return true;
    }

    private boolean confirm(String card, String attempt) {
        Instant begin = Instant.now();
        Http.Answer answer = api.provider(
                "POST",
                "/payments/" + paymentId + "/confirm",
                "confirm-" + attempt + "-" + orderId,
                "{\"card\":\"" + card + "\"}");
        if (answer.status() == 409) {
            return tooLate();
        }
        boolean confirmed = hoped(answer, 200);
        if (confirmed && card.equals(GOOD_CARD)) {
            paidAt = begin;
        }
        return confirmed;
    }

    /** The customer took so long that the order has expired, and its payment is closed: nothing is left to do. */
    private boolean tooLate() {
        steps.clear();
        return true;
    }

    /** Whether the event waits for its order; or comes too late for that, or never. */
    private boolean isHeardOf() {
        Http.Answer answer = api.operate("GET", "/webhook-events?orderId=" + orderId, "");
        return (hoped(answer, 200) && !answer.json().path("data").isEmpty())
                || ++looks == LOOKS
                || stuck("is not heard of yet");
    }

    private boolean is(String status) {
        Http.Answer answer = api.read("/orders/" + orderId + "/status");
        return hoped(answer, 200)
                && (answer.json().path("status").asText().equals(status) || stuck("is not " + status + " yet"));
    }

    private boolean move(String name, String body) {
        Http.Answer answer = api.shop("POST", "/orders/" + orderId + "/" + name, name + "-" + orderId, body);
        // The answer to an earlier try was lost: the order is there already.
        return answer.status() / 100 == 2 || hasMoved(name) || stuck(name + " gives " + answer.status());
    }

    private boolean hasMoved(String name) {
        String status = api.read("/orders/" + orderId + "/status").body();
        return switch (name) {
            case "cancel" -> status.contains("Cancelled");
            case "ship" -> status.contains("Shipped") || status.contains("Delivered");
            case "deliver" -> status.contains("Delivered");
            case "refund" -> status.contains("Refunded");
            default -> false;
        };
    }

    private boolean hoped(Http.Answer answer, int status) {
        return answer.status() == status || stuck("gives " + answer.status());
    }

    private boolean stuck(String why) {
        stuckAt = why;
        return false;
    }
}
