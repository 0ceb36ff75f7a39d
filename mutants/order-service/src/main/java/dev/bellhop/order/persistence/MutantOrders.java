package dev.bellhop.order.persistence;

import dev.bellhop.order.app.Orders;
import dev.bellhop.order.domain.Actor;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The real orders. Bug: everybody sees everybody's. */
final class MutantOrders {

    @Produces
    @Alternative
    @Priority(1)
    @Singleton
    Orders orders(PostgresOrders real, @ConfigProperty(name = "bellhop.mutant") String mutant) {
        if (!mutant.equals("no-owner-check")) {
            return real;
        }
        return (Orders) Proxy.newProxyInstance(
                Orders.class.getClassLoader(), new Class<?>[] {Orders.class}, (proxy, method, arguments) -> {
                    for (int i = 0; arguments != null && i < arguments.length; i++) {
                        if (arguments[i] instanceof Actor actor) {
                            arguments[i] = new Actor(actor.owner(), Actor.Role.OPERATOR);
                        }
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
