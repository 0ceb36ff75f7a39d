package dev.bellhop.order.persistence;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a question asks for, of what it might: conditions as constants, values as parameters. */
final class Conditions {

    private final List<String> conditions = new ArrayList<>();
    private final Tuple values = Tuple.tuple();

    /** Each {@code %s} in the condition stands for the next of the values. */
    void and(String condition, Object... given) {
        conditions.add(String.format(
                condition, Arrays.stream(given).map(this::parameter).toArray()));
    }

    /** The same, if there is a value. */
    void andIfSaid(String condition, @Nullable Object value) {
        if (value != null) {
            and(condition, value);
        }
    }

    /** Adds a value; what stands for it. */
    String parameter(Object value) {
        values.addValue(value);
        return "$" + values.size();
    }

    String where() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    Tuple values() {
        return values;
    }
}
