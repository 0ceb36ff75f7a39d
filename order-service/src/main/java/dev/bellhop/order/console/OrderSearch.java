package dev.bellhop.order.console;

import dev.bellhop.order.app.Orders;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.Rfc3339;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What the form above the orders asks for. What makes no sense is ignored: an operator sees what is still there. */
record OrderSearch(
        @RestQuery @Nullable String q,
        @RestQuery @Nullable String status,
        @RestQuery @Nullable String from,
        @RestQuery @Nullable String to,
        @RestQuery @Nullable String before) {

    private static final String PATH = "/console/orders";

    Orders.Filter filter() {
        String text = Words.orNull(q);
        String word = Words.orNull(status);
        return new Orders.Filter(
                null,
                word == null ? null : OrderStatus.find(word),
                text,
                Words.startOfDay(from, 0),
                Words.startOfDay(to, 1));
    }

    /** Behind which order the page begins. */
    Orders.@Nullable Place place() {
        String[] parts = before == null ? new String[0] : before.split(" ", 2);
        try {
            return parts.length == 2 && OrderId.isValid(parts[1])
                    ? new Orders.Place(Rfc3339.parse(parts[0]), parts[1])
                    : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The page behind this place. */
    String older(Orders.Place place) {
        return Links.with(PATH, parameters(), "before", place.createdAt() + " " + place.orderId());
    }

    /** The first page of the same search. */
    public String newest() {
        return Links.of(PATH, parameters());
    }

    private Map<String, @Nullable String> parameters() {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        all.put("q", Words.orNull(q));
        all.put("status", Words.orNull(status));
        all.put("from", Words.orNull(from));
        all.put("to", Words.orNull(to));
        return all;
    }
}
