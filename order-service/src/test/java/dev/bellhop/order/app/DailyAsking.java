package dev.bellhop.order.app;

import java.time.Duration;

/** The defaults. */
record DailyAsking(Details details) implements AskingConfig {

    @Override
    public Duration delay() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Duration expireAfter() {
        return Duration.ofHours(24);
    }

    @Override
    public int most() {
        return 5;
    }

    @Override
    public int perRound() {
        return 50;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Duration parkedAfter() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(10);
    }
}
