package dev.bellhop.order.provider;

import dev.bellhop.order.app.ProviderAccess;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Singleton;

@Singleton
final class BreakerState implements ProviderAccess {

    private final CircuitBreakerMaintenance breakers;

    BreakerState(CircuitBreakerMaintenance breakers) {
        this.breakers = breakers;
    }

    @Override
    public boolean isOpen() {
        return breakers.currentState("provider") != CircuitBreakerState.OPEN;
    }
}
