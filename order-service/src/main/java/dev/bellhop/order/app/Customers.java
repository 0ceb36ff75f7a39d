package dev.bellhop.order.app;

import dev.bellhop.order.domain.Customer;
import io.smallrye.mutiny.Uni;

/** Port: each client's customers. */
public interface Customers {

    /** Fails with {@link NoSuchCustomer}. */
    Uni<Customer> get(String owner, String customerId);

    /** A new customer. Fails with {@link CustomerExists}. */
    Uni<Void> add(String owner, Customer customer);

    /** Makes it so, whether it was there or not; whether it is new. */
    Uni<Boolean> put(String owner, Customer customer);

    /** There is no such customer of this owner. */
    final class NoSuchCustomer extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public NoSuchCustomer() {
            super("there is no such customer");
        }
    }

    /** The id is taken. */
    final class CustomerExists extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public CustomerExists() {
            super("there is a customer with this id");
        }
    }
}
