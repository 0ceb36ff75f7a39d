package dev.bellhop.prove;

import dev.bellhop.prove.Evidence.OrderState;
import dev.bellhop.prove.Evidence.Truth;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What the provider says of all orders, and right after it order-service. Orders expire meanwhile: one that moves between the
 * two makes them differ, and breaks no promise unless they stay so.
 *
 * @param underway whether something that may move an order is still on its way
 */
record Reading(Map<String, Truth> truths, Map<String, OrderState> orders, boolean underway) {

    /** Reads both. */
    interface Source {
        Reading read() throws SQLException, InterruptedException;
    }

    /**
     * The first that agrees with nothing on its way; the last, if there is none before {@code patience}, which waits, ends.
     * Tables that cannot be read then are no reading: that fails.
     */
    static Reading settled(Source source, List<Journey> journeys, BooleanSupplier patience)
            throws InterruptedException {
        while (true) {
            try {
                Reading reading = source.read();
                boolean agrees =
                        !reading.underway && reading.disagreements(journeys).isEmpty();
                if (agrees || !patience.getAsBoolean()) {
                    return reading;
                }
            } catch (SQLException e) {
                if (!patience.getAsBoolean()) {
                    throw new IllegalStateException("order-service's tables cannot be read", e);
                }
            }
        }
    }

    /** What is wrong with the journeys' orders. */
    List<String> disagreements(List<Journey> journeys) {
        return journeys.stream()
                .flatMap(journey ->
                        Judge.disagreement(journey, truths.get(journey.orderId()), orders.get(journey.orderId()))
                                .stream())
                .toList();
    }
}
