package dev.bellhop.order.persistence;

import dev.bellhop.order.app.Orders;
import dev.bellhop.order.domain.Actor;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The real orders, or one of two bugs around them. */
final class MutantOrders {

    @Produces
    @Alternative
    @Priority(1)
    @Singleton
    Orders orders(PostgresOrders real, @ConfigProperty(name = "bellhop.mutant") String mutant) {
        return switch (mutant) {
            case "no-owner-check" -> proxy((proxy, method, arguments) -> invoke(real, method, asOperator(arguments)));
            case "early-events-forgotten" ->
                proxy((proxy, method, arguments) -> method.getName().equals("reserve")
                        ? ((Uni<?>) invoke(real, method, arguments)).map(MutantOrders::withoutEvents)
                        : invoke(real, method, arguments));
            default -> real;
        };
    }

    /** Bug: everybody sees everybody's. */
    private static Object @Nullable [] asOperator(Object @Nullable [] arguments) {
        for (int i = 0; arguments != null && i < arguments.length; i++) {
            if (arguments[i] instanceof Actor actor) {
                arguments[i] = new Actor(actor.owner(), Actor.Role.OPERATOR);
            }
        }
        return arguments;
    }

    /** Bug: an order that is placed knows nothing of the events that came before it. */
    private static Orders.Room withoutEvents(Object room) {
        return new Orders.Room(List.of(), ((Orders.Room) room).version());
    }

    private static Orders proxy(InvocationHandler handler) {
        return (Orders) Proxy.newProxyInstance(Orders.class.getClassLoader(), new Class<?>[] {Orders.class}, handler);
    }

    private static Object invoke(Orders real, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
