package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Dice;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;

/** Ids that nobody can guess; while a fault plan is in force, ids that follow from its seed. */
@Singleton
final class SimulatorIds implements Ids {

    private static final int BITS = 124;

    private final CurrentPlan plan;
    private final SecureRandom random = new SecureRandom();

    SimulatorIds(CurrentPlan plan) {
        this.plan = plan;
    }

    @Override
    public String next(String prefix, String... origin) {
        BigInteger number =
                plan.inForce() && origin.length > 0 ? planned(prefix, origin) : new BigInteger(BITS, random);
        return prefix + "_" + number.setBit(BITS).toString(32);
    }

    private BigInteger planned(String prefix, String... origin) {
        String[] words = Stream.concat(Stream.of(plan.plan().seed(), prefix), Arrays.stream(origin))
                .toArray(String[]::new);
        return new BigInteger(1, Dice.hash(words)).shiftRight(256 - BITS);
    }

    @Override
    public Uni<String> origin(Transaction transaction, String orderId) {
        return plan.inForce()
                ? transaction.countPayments(orderId).map(String::valueOf)
                : Uni.createFrom().item("");
    }
}
