package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.system.OrderModel.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/** Whatever clients and the provider do, in whatever order, an order goes the way of {@link OrderModel}. */
class OrderModelIT {

    private static final int CHAINS = 30;
    private static final int RACES = 30;

    /** An order of the running suite, and where the model says it is. */
    private record Standing(OrderUnderTest order, OrderModel model, List<String> seen) {

        static Standing begin() {
            return new Standing(OrderUnderTest.placed(RunningSuite.get()), OrderModel.PENDING, List.of("Pending"));
        }

        Standing at(OrderModel next) {
            List<String> statuses = new ArrayList<>(seen);
            if (next != OrderModel.GONE && next != model) {
                statuses.add(next.status());
            }
            return new Standing(order, next, statuses);
        }
    }

    @Property(tries = CHAINS, shrinking = ShrinkingMode.OFF)
    void an_order_goes_as_the_model_says(@ForAll("chains") ActionChain<Standing> chain) {
        Standing end = chain.run();

        if (end.model() != OrderModel.GONE) {
            assertThat(end.order().statuses()).isEqualTo(end.seen());
        }
    }

    @Property(tries = RACES, shrinking = ShrinkingMode.OFF)
    void of_two_at_once_one_was_first(
            @ForAll("acts") @Size(max = 3) List<Act> before,
            @ForAll("ofClients") Act one,
            @ForAll("ofClients") Act other) {
        // Given
        Standing standing = Standing.begin();
        for (Act act : before) {
            standing = carriedOut(act, standing);
        }

        // When
        Tuple2<Boolean, Boolean> done = atOnce(standing.order(), one, other);

        // Then
        String end = standing.order().status();
        assertThat(List.of(inTurn(standing.model(), one, other, false), inTurn(standing.model(), other, one, true)))
                .as("%s and %s at once, of an order that was %s", one, other, standing.model())
                .contains(Tuple.of(done, end));
    }

    /** What {@code first} and then {@code second} give: which of the two are done, and the status. */
    private static Tuple2<Tuple2<Boolean, Boolean>, String> inTurn(
            OrderModel begin, Act first, Act second, boolean swapped) {
        OrderModel between = begin.after(first);
        boolean firstIsDone = between != null;
        // Whoever revises or removes says which version he means, and that one is gone.
        boolean isStale = firstIsDone && (second == Act.REVISE || second == Act.REMOVE);
        OrderModel middle = between == null ? begin : between;
        OrderModel end = isStale ? null : middle.after(second);
        boolean secondIsDone = end != null;
        return Tuple.of(
                swapped ? Tuple.of(secondIsDone, firstIsDone) : Tuple.of(firstIsDone, secondIsDone),
                (end == null ? middle : end).status());
    }

    private static Tuple2<Boolean, Boolean> atOnce(OrderUnderTest order, Act one, Act other) {
        String etag = order.etag();
        CyclicBarrier start = new CyclicBarrier(2);
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> isDone(order, one, etag, start));
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> isDone(order, other, etag, start));
        return Tuple.of(first.join(), second.join());
    }

    private static boolean isDone(OrderUnderTest order, Act act, String etag, CyclicBarrier start) {
        try {
            start.await();
        } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
        return order.does(act, etag);
    }

    private static Standing carriedOut(Act act, Standing standing) {
        OrderModel next = standing.model().after(act);
        boolean done = standing.order()
                .does(
                        act,
                        standing.model() == OrderModel.GONE
                                ? ""
                                : standing.order().etag());
        if (!act.isOfTheProvider()) {
            assertThat(done)
                    .as("%s of an order that is %s", act, standing.model())
                    .isEqualTo(next != null);
        }
        Standing after = next == null ? standing : standing.at(next);
        assertThat(after.order().status())
                .as("after %s", act)
                .isEqualTo(after.model().status());
        return after;
    }

    @Provide
    Arbitrary<ActionChain<Standing>> chains() {
        return ActionChain.startWith(Standing::begin).withAction(new AnyAct()).withMaxTransformations(10);
    }

    /** Also those that the order does not allow: they must be refused. Only money that came in can go back. */
    private static final class AnyAct implements Action.Dependent<Standing> {

        @Override
        public Arbitrary<Transformer<Standing>> transformer(Standing standing) {
            return actsOf(standing.model())
                    .map(act -> Transformer.transform(act.toString(), now -> carriedOut(act, now)));
        }
    }

    @Provide
    Arbitrary<Act> ofClients() {
        return Arbitraries.of(Act.REVISE, Act.REMOVE, Act.CANCEL, Act.SHIP, Act.DELIVER);
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        return Arbitraries.of(Act.SUCCEEDS, Act.FAILS, Act.CANCEL, Act.SHIP, Act.DELIVER)
                .list();
    }

    private static Arbitrary<Act> actsOf(OrderModel model) {
        List<Act> acts = new ArrayList<>(List.of(Act.values()));
        if (model.after(Act.GOES_BACK) == null) {
            acts.remove(Act.GOES_BACK);
        }
        if (model == OrderModel.GONE) {
            // The provider's word about an order that is not there waits for it.
            acts.removeIf(Act::isOfTheProvider);
        }
        return Arbitraries.of(acts);
    }
}
