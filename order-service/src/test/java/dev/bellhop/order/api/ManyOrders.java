package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.json;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.config.ConfigProvider;

/** Of each of two owners more orders than a search looks through. Of the oldest there are too many to be found by their ids. */
public final class ManyOrders {

    public static final String ANNE = "anne-of-many";
    public static final String BERT = "bert-of-many";

    static final int OLD = 1_001;
    static final int ALL = 22_000;

    private static final int LOOKED_THROUGH = 10_000;

    /** The last that the first search looks through, the one behind it, and the oldest of all: the newest is number {@link #ALL}. */
    static final int[] SHIPPED = {ALL - LOOKED_THROUGH + 1, ALL - LOOKED_THROUGH, 1};

    /** The oldest begin with {@code old-}, and the others, {@code new-}, have a customer in common, whoever owns them. */
    private static final String FILL =
            """
            insert into orders (order_id, owner, customer_id, amount, currency, items, stage, standing, captured, refunded,
                failed_payments, status, version, created_at, updated_at, doubtful)
            select case when n <= %2$d then 'old-' else 'new-' end || '%1$s-' || n, '%1$s',
                case when n <= %2$d then 'former' else 'shared' end, 999, 'USD',
                '[{"productId":"article","quantity":1,"amount":999}]',
                case when shipped then 'SHIPPED' else 'DELIVERED' end, 'CAPTURED', 999, 0, 0,
                case when shipped then 'Shipped' else 'Delivered' end, 2, at, at, false
            from (
                select n, n in (%4$d, %5$d, %6$d) as shipped, timestamptz '2026-01-01Z' + interval '1 second' * n as at
                from generate_series(1, %3$d) as n) as made
            """;

    private ManyOrders() {}

    public static void fill() throws SQLException {
        for (String owner : new String[] {BERT, ANNE}) {
            execute(FILL.formatted(owner, OLD, ALL, SHIPPED[0], SHIPPED[1], SHIPPED[2]));
        }
    }

    public static void remove() throws SQLException {
        execute("delete from orders where owner in ('" + ANNE + "', '" + BERT + "')");
    }

    /** A new key of an owner's. */
    public static String key(String owner) {
        return json(TestKeys.OPERATOR, "{\"owner\":\"" + owner + "\",\"scopes\":[\"orders:read\"]}")
                .post("/api-keys")
                .path("key");
    }

    static String id(String begin, String owner, int number) {
        return begin + owner + "-" + number;
    }

    private static void execute(String sql) throws SQLException {
        String url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
