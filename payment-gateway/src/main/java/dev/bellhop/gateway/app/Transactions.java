package dev.bellhop.gateway.app;

import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/** Port: the database's transactions. */
public interface Transactions {

    /** Runs {@code work}; what it wrote is committed if it ends well and vanishes if it fails. Nothing remote belongs inside. */
    <T> Uni<T> run(Function<Transaction, Uni<T>> work);
}
