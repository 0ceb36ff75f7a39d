package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;

import dev.bellhop.order.app.DeadLetterLog;
import dev.bellhop.order.app.InboxLog;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
final class PostgresDeadLetterLog implements DeadLetterLog {

    /** Another record at the same place, since its topic was made anew, has a name of its own. */
    private static final String ADD =
            """
            insert into dead_letter (origin, reason, record_key, headers, body, at)
            select case when exists (select from dead_letter
                    where origin = $1 and (headers, body) is distinct from ($4::text, $5::bytea))
                then $1 || '~' || left(encode(sha256(convert_to($4, 'UTF8') || coalesce($5, '')), 'hex'), 8)
                else $1 end, $2, $3, $4, $5, $6::timestamptz
            on conflict do nothing
            """;

    private static final String FIND =
            """
            select origin, reason, record_key, headers, case when before < $4 then body end as body, size, at,
                redriven_at, redriven_by, redriven_note, before >= $4 as too_much
            from (
                select *, sum(size) over (order by at desc, origin desc) - size as before
                from (
                    select *, coalesce(octet_length(body), 0) as size from dead_letter
                    where $1::timestamptz is null or (at, origin) < ($1, $2::text)
                    order by at desc, origin desc limit $3) as newest) as summed
            order by at desc, origin desc
            """;

    private static final String OPEN =
            "select origin, reason, record_key, headers, substring(body for " + InboxLog.BEGINNING
                    + ") as body, coalesce(octet_length(body), 0) as size, at, redriven_at, redriven_by, redriven_note"
                    + " from dead_letter where redriven_at is null order by at desc, origin desc limit $1";

    private static final String GET =
            "select *, coalesce(octet_length(body), 0) as size from dead_letter where origin = $1";

    private static final String REDRIVEN =
            "update dead_letter set redriven_by = $2, redriven_at = $3, redriven_note = $4 where origin = $1";

    private final Pool pool;

    PostgresDeadLetterLog(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Void> add(List<Letter> letters) {
        List<Tuple> rows = letters.stream()
                .map(letter -> Tuple.tuple()
                        .addString(letter.origin())
                        .addString(letter.reason())
                        .addString(letter.key())
                        .addString(letter.headers())
                        .addValue(letter.body() == null ? null : Buffer.buffer(letter.body()))
                        .addOffsetDateTime(at(letter.at())))
                .toList();
        return pool.preparedQuery(ADD).executeBatch(rows).replaceWithVoid();
    }

    @Override
    public Uni<Found> find(@Nullable Place after, int limit) {
        Tuple parameters = Tuple.tuple()
                .addOffsetDateTime(after == null ? null : at(after.at()))
                .addString(after == null ? null : after.origin())
                .addInteger(limit + 1)
                .addInteger(MOST_BYTES);
        return pool.preparedQuery(FIND).execute(parameters).map(rows -> {
            List<Letter> letters = new ArrayList<>();
            for (Row row : rows) {
                if (letters.size() == limit || row.getBoolean("too_much")) {
                    return new Found(letters, true);
                }
                letters.add(letter(row));
            }
            return new Found(letters, false);
        });
    }

    @Override
    public Uni<List<Letter>> open(int limit) {
        return pool.preparedQuery(OPEN).execute(Tuple.of(limit)).map(rows -> {
            List<Letter> letters = new ArrayList<>();
            rows.forEach(row -> letters.add(letter(row)));
            return letters;
        });
    }

    @Override
    public Uni<Optional<Letter>> get(String origin) {
        return pool.preparedQuery(GET).execute(Tuple.of(origin)).map(rows -> {
            var iterator = rows.iterator();
            return iterator.hasNext() ? Optional.of(letter(iterator.next())) : Optional.empty();
        });
    }

    @Override
    public Uni<Void> redriven(String origin, String actor, @Nullable String note, Instant at) {
        return pool.preparedQuery(REDRIVEN)
                .execute(Tuple.of(origin, actor, at(at), note))
                .replaceWithVoid();
    }

    private static Letter letter(Row row) {
        OffsetDateTime redriven = row.getOffsetDateTime("redriven_at");
        Buffer bytes = row.getDelegate().getBuffer("body");
        return new Letter(
                row.getString("origin"),
                row.getString("reason"),
                row.getString("record_key"),
                row.getString("headers"),
                bytes == null ? null : bytes.getBytes(),
                row.getInteger("size"),
                row.getOffsetDateTime("at").toInstant(),
                redriven == null ? null : redriven.toInstant(),
                row.getString("redriven_by"),
                row.getString("redriven_note"));
    }
}
