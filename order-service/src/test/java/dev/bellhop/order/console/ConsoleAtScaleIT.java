package dev.bellhop.order.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.api.ApiProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Each page with many orders: {@code mvn verify -pl order-service -am -Dit.test=ConsoleAtScaleIT -Dconsole.scale=1000000 …}. */
@QuarkusTest
@TestProfile(ApiProfile.class)
@EnabledIfSystemProperty(
        named = "console.scale",
        matches = "\\d+",
        disabledReason = "takes minutes: -Dconsole.scale=1000000")
class ConsoleAtScaleIT {

    private static final Duration PROMISED = Duration.ofMillis(200);
    private static final int WARM_UP = 5;
    private static final int VISITS = 25;

    /** A year of orders: of 100, 90 delivered, 3 each shipped and paid, 1 each of other fates; a few are new. */
    private static final String[] FILL = {
        """
        insert into orders (order_id, owner, customer_id, amount, currency, items, stage, standing, captured, refunded,
            failed_payments, status, review_reason, payment_id, version, created_at, updated_at, next_ask, asks, doubtful)
        select 'ord_' || md5(n::text), 'alice', 'customer-' || n % 50000, 999, 'USD',
            '[{"productId":"article","quantity":1,"amount":999}]',
            case s when 'Shipped' then 'SHIPPED' when 'Delivered' then 'DELIVERED' when 'Cancelled' then 'CANCELLED'
                when 'Expired' then 'EXPIRED' else 'OPEN' end,
            case s when 'Pending' then 'UNPAID' when 'PaymentFailed' then 'FAILED' when 'NeedsReview' then 'AMOUNT_MISMATCH'
                when 'Refunded' then 'REFUNDED' when 'Cancelled' then 'UNPAID' when 'Expired' then 'UNPAID' else 'CAPTURED' end,
            case when s in ('Pending', 'PaymentFailed', 'Cancelled', 'Expired') then 0 when s = 'NeedsReview' then 5 else 999 end,
            case s when 'Refunded' then 999 else 0 end, 0, s, case s when 'NeedsReview' then 'amount_mismatch' end,
            'pay_' || n, 2, at, at + interval '20 seconds', case s when 'Pending' then at + interval '1 day' end,
            case when n % 97 = 0 then 1 else 0 end, false
        from (select n, now() - interval '31.5 seconds' * n as at,
                case when n < 2000 and n % 3 = 0 then 'Pending' when n % 100 < 90 then 'Delivered' when n % 100 < 93 then 'Shipped'
                    when n % 100 < 96 then 'Paid' when n % 100 = 96 then 'Refunded' when n % 100 = 97 then 'Cancelled'
                    when n % 100 = 98 then 'Expired' when n % 1000 = 99 then 'NeedsReview' else 'PaymentFailed' end as s
            from generate_series(1, %d) as n) as made
        """,
        """
        insert into order_history (order_id, version, at, from_status, to_status, type, cause, actor)
        select order_id, v, case v when 1 then created_at else updated_at end, case v when 2 then 'Pending' end,
            case v when 1 then 'Pending' else 'Paid' end, case v when 1 then 'OrderPlaced' else 'OrderPaid' end,
            case v when 1 then 'api' else 'webhook' end, 'alice'
        from orders cross join (values (1), (2)) as versions(v)
        where v = 1 or status not in ('Pending', 'PaymentFailed', 'Cancelled', 'Expired')
        on conflict do nothing
        """,
        """
        insert into inbox (source, event_id, type, order_id, content_type, headers, body, received_at, processed_at, outcome)
        select case when n % 1000 = 0 then 'other' else 'payments' end, 'evt_' || md5(n::text),
            case when n % 5000 = 0 then 'refund_failed' when n % 100 = 96 then 'refund_success' else 'payment_success' end,
            'ord_' || md5(n::text), 'application/json', '{"ce_id":"evt","bellhop_scheme":"standard-webhooks"}',
            convert_to('{"event":"payment_success","orderId":"' || n || '","amount":999,"filler":"' || repeat('x', 300) || '"}', 'UTF8'),
            now() - interval '31.5 seconds' * n, now() - interval '31.5 seconds' * n + interval '20 milliseconds',
            case when n % 2000 = 1 then 'parked' when n % 500 = 0 then 'superseded' else 'applied' end
        from generate_series(1, %d) as n
        """,
        """
        insert into question_log (order_id, at, reason, means, payments, status, moved)
        select 'ord_' || md5(n::text), now() - interval '10 minutes' * n, 'reconciliation', 'alone', 1, 'Paid', true
        from generate_series(50000, 1, -1) as n
        """,
        "insert into dead_letter select 'webhooks.payments-0@' || n, 'malformed_json', 'k', '{}', '\\x7b', now() from"
                + " generate_series(1, 2000) as n",
        "insert into rejected_webhook select 0, n, now() - interval '1 second' * n, 'github', 'bad_signature', 'github', 10,"
                + " '{}', '\\x7b' from generate_series(1, 10000) as n",
        "vacuum analyze"
    };

    private static String sample = "";

    @BeforeAll
    static void fill() throws SQLException {
        int orders = Integer.getInteger("console.scale");
        String url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            for (String fill : FILL) {
                statement.execute(fill.replace("%d", String.valueOf(orders)));
            }
            try (var row = statement.executeQuery("select 'ord_' || md5('" + orders / 2 + "')")) {
                row.next();
                sample = row.getString(1);
            }
        }
    }

    @Test
    void each_page_answers_in_time() {
        Browsing browser = Browsing.asOperator();
        Map<String, long[]> took = new LinkedHashMap<>();
        for (String path : EveryPage.about(sample)) {
            for (int n = 0; n < WARM_UP; n++) {
                browser.page(path);
            }
            long[] each = new long[VISITS];
            for (int n = 0; n < VISITS; n++) {
                long start = System.nanoTime();
                browser.page(path);
                each[n] = System.nanoTime() - start;
            }
            took.put(path, each);
        }
        StringBuilder report = new StringBuilder();
        took.forEach((path, each) -> {
            Arrays.sort(each);
            report.append(String.format(
                    Locale.ROOT,
                    "%7.1f ms fastest %7.1f ms median %7.1f ms slowest  %s%n",
                    each[0] / 1e6,
                    each[VISITS / 2] / 1e6,
                    each[VISITS - 1] / 1e6,
                    path));
        });
        System.out.println(report);
        assertThat(took)
                .allSatisfy((path, each) ->
                        assertThat(Duration.ofNanos(each[VISITS / 2])).as(path).isLessThan(PROMISED));
    }
}
