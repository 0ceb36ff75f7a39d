package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.app.NotFound;
import dev.bellhop.gateway.app.Payments;
import dev.bellhop.gateway.domain.Payment;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

@Singleton
final class PostgresPayments implements Payments {

    private static final String FIND = "select " + PaymentRow.COLUMNS + " from payments where id = $1";

    private static final String LIST = "select " + PaymentRow.COLUMNS
            + """
             from payments
             where ($1::text is null or owner = $1)
               and ($2::text is null or order_id = $2)
               and ($3::text[] = '{}' or status = any ($3))
               and ($4::timestamptz is null or updated_at >= $4)
               and ($5::timestamptz is null or (updated_at, id) > ($5, $6))
             order by updated_at, id
             limit $7
            """;

    private final Pool pool;

    PostgresPayments(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Payment> find(String paymentId) {
        return pool.preparedQuery(FIND).execute(Tuple.of(paymentId)).map(rows -> {
            for (Row row : rows) {
                return PaymentRow.toPayment(row);
            }
            throw new NotFound("payment", paymentId);
        });
    }

    @Override
    public Uni<List<Payment>> list(Filter filter, int limit) {
        Place after = filter.after();
        Tuple values = Tuple.from(Arrays.asList(
                filter.owner(),
                filter.orderId(),
                filter.statuses().stream().map(Enum::name).toArray(String[]::new),
                Times.nullable(filter.updatedSince()),
                after == null ? null : Times.of(after.updatedAt()),
                after == null ? null : after.paymentId(),
                limit));
        return pool.preparedQuery(LIST).execute(values).map(rows -> {
            List<Payment> payments = new ArrayList<>();
            for (Row row : rows) {
                payments.add(PaymentRow.toPayment(row));
            }
            return payments;
        });
    }
}
