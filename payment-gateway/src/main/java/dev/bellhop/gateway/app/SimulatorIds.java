package dev.bellhop.gateway.app;

import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.security.SecureRandom;

/** Ids that nobody can guess. */
@Singleton
final class SimulatorIds implements Ids {

    private static final int BITS = 124;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String next(String prefix, String... origin) {
        return prefix + "_" + new BigInteger(BITS, random).setBit(BITS).toString(32);
    }
}
