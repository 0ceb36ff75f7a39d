package dev.bellhop.gateway.domain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong, and how often. Chance is drawn from the seed and from what it strikes, so that the same seed and the
 * same calls give the same faults, on however many threads.
 */
public final class FaultPlan {

    /** Nothing goes wrong. */
    public static final FaultPlan NONE = new FaultPlan("", List.of());

    private final String seed;
    private final List<Rule> rules;

    private FaultPlan(String seed, List<Rule> rules) {
        this.seed = seed;
        this.rules = List.copyOf(rules);
    }

    /** The plan that a JSON object describes. Fails with {@link Invalid}. */
    public static FaultPlan parse(@Nullable Object json) {
        Fields fields = Fields.of("", json);
        String seed = String.valueOf(fields.number("seed", 0));
        if (fields.has("plan")) {
            NamedPlan named = NamedPlan.of(fields.text("plan"));
            fields.end();
            return new FaultPlan(seed, parse(NamedPlan.rules(named)).rules);
        }
        List<Rule> rules = new ArrayList<>();
        for (Fields rule : fields.objects("rules")) {
            rules.add(Rule.parse(rule));
        }
        fields.end();
        return new FaultPlan(seed, rules);
    }

    public String seed() {
        return seed;
    }

    /** The faults that strike an event and its deliveries. Counts the event for {@code every}. */
    public List<Fault> of(EventType type, String eventId, String orderId) {
        return rules.stream()
                .filter(rule -> rule.fault.kind().place() != FaultKind.Place.CALL)
                .filter(rule -> rule.strikes(type.word(), orderId, seed, eventId))
                .map(Rule::fault)
                .toList();
    }

    /**
     * The faults that strike a call of the API.
     *
     * @param call the operation's name
     * @param number which call of this operation on this path it is
     * @param since how long the plan has been in force
     */
    public List<Fault> of(String call, String path, long number, Duration since) {
        return rules.stream()
                .filter(rule -> rule.fault.kind().place() == FaultKind.Place.CALL)
                .filter(rule -> since.compareTo(rule.fault.from()) >= 0 && since.compareTo(rule.fault.until()) < 0)
                .filter(rule -> rule.strikes(call, "", seed, call + " " + path + " " + number))
                .map(Rule::fault)
                .toList();
    }

    /** One rule: whom it strikes, and with what. */
    private static final class Rule {

        private static final Set<String> CALLS =
                Set.of("create", "confirm", "capture", "cancel", "refund", "find", "list");

        private final String place;
        private final Set<String> names;
        private final Set<String> orders;
        private final double probability;
        private final int every;
        private final Fault fault;
        private final AtomicLong seen = new AtomicLong();

        private Rule(String place, Set<String> names, Set<String> orders, double probability, int every, Fault fault) {
            this.place = place;
            this.names = names;
            this.orders = orders;
            this.probability = probability;
            this.every = every;
            this.fault = fault;
        }

        static Rule parse(Fields fields) {
            Fault fault = fault(fields);
            Fields match = fields.has("match") ? fields.object("match") : Fields.of("match", Map.of());
            boolean call = fault.kind().place() == FaultKind.Place.CALL;
            Set<String> names = match.texts(call ? "call" : "event");
            Set<String> known = call
                    ? CALLS
                    : Arrays.stream(EventType.values()).map(EventType::word).collect(Collectors.toSet());
            for (String name : names) {
                if (!known.contains(name)) {
                    throw new Invalid(fields.place() + ".match", name + " is not one of " + known);
                }
            }
            int every = match.number("every", 1);
            if (every < 1) {
                throw new Invalid(fields.place() + ".match.every", "must be at least 1");
            }
            Rule rule = new Rule(
                    fields.place(),
                    names,
                    call ? Set.of() : match.texts("order"),
                    match.share("probability"),
                    every,
                    fault);
            match.end();
            fields.end();
            return rule;
        }

        private static Fault fault(Fields fields) {
            try {
                return Fault.parse(fields);
            } catch (IllegalArgumentException e) {
                throw e instanceof Invalid ? e : new Invalid(fields.place(), String.valueOf(e.getMessage()), e);
            }
        }

        Fault fault() {
            return fault;
        }

        boolean strikes(String name, String order, String seed, String victim) {
            boolean meant = (names.isEmpty() || names.contains(name)) && (orders.isEmpty() || orders.contains(order));
            if (!meant) {
                return false;
            }
            if (seen.incrementAndGet() % every != 0) {
                return false;
            }
            return probability >= 1 || Dice.roll(seed, place, victim) < probability;
        }
    }

    /** A plan that cannot be followed. */
    public static final class Invalid extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private final String place;

        Invalid(String place, String message) {
            super(message);
            this.place = place;
        }

        Invalid(String place, String message, Throwable cause) {
            super(message, cause);
            this.place = place;
        }

        /** The field that is wrong. */
        public String place() {
            return place;
        }
    }
}
