package dev.bellhop.order.persistence;

import dev.bellhop.order.app.InboxLog;
import dev.bellhop.order.domain.Outcome;
import dev.bellhop.order.domain.ReceivedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
final class PostgresInboxLog implements InboxLog {

    private static final String FITS =
            """
            where ($1::text is null or outcome = $1) and ($2::text is null or type = $2)
                and ($3::text is null or order_id = $3) and ($4::timestamptz is null or received_at >= $4)
                and ($5::timestamptz is null or received_at < $5)
            """;

    private static final String FIND = "select * from inbox " + FITS
            + " and ($6::timestamptz is null or (received_at, source, event_id) < ($6, $7::text, $8::text))"
            + " order by received_at desc, source desc, event_id desc limit $9";

    private static final String COUNT = "select count(*) as fitting from inbox " + FITS;

    private static final String GET = "select * from inbox where event_id = $1 order by received_at limit 1";

    private static final String REPLAYS = "select * from inbox_replay where source = $1 and event_id = $2 order by at";

    private static final String ADD =
            """
            insert into inbox_replay (replay_id, source, event_id, actor, at, outcome, reason)
            values ($1, $2, $3, $4, $5, $6, $7)
            """;

    private final Pool pool;

    PostgresInboxLog(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<List<Entry>> find(Filter filter, @Nullable Place after, int limit) {
        Tuple parameters = fits(filter)
                .addOffsetDateTime(after == null ? null : at(after.receivedAt()))
                .addString(after == null ? null : after.source())
                .addString(after == null ? null : after.eventId())
                .addInteger(limit);
        return pool.preparedQuery(FIND).execute(parameters).map(rows -> {
            List<Entry> entries = new ArrayList<>();
            rows.forEach(row -> entries.add(entry(row)));
            return entries;
        });
    }

    @Override
    public Uni<Optional<Entry>> get(String eventId) {
        return pool.preparedQuery(GET).execute(Tuple.of(eventId)).map(rows -> {
            var iterator = rows.iterator();
            return iterator.hasNext() ? Optional.of(entry(iterator.next())) : Optional.empty();
        });
    }

    @Override
    public Uni<Long> count(Filter filter) {
        return pool.preparedQuery(COUNT)
                .execute(fits(filter))
                .map(rows -> rows.iterator().next().getLong("fitting"));
    }

    @Override
    public Uni<List<Replay>> replays(ReceivedEvent.Key event) {
        return pool.preparedQuery(REPLAYS)
                .execute(Tuple.of(event.source(), event.eventId()))
                .map(rows -> {
                    List<Replay> replays = new ArrayList<>();
                    rows.forEach(row -> replays.add(new Replay(
                            row.getString("replay_id"),
                            event,
                            row.getString("actor"),
                            row.getOffsetDateTime("at").toInstant(),
                            outcome(row),
                            row.getString("reason"))));
                    return replays;
                });
    }

    @Override
    public Uni<Void> add(List<Replay> replays) {
        List<Tuple> rows = replays.stream()
                .map(replay -> Tuple.tuple()
                        .addString(replay.replayId())
                        .addString(replay.event().source())
                        .addString(replay.event().eventId())
                        .addString(replay.actor())
                        .addOffsetDateTime(at(replay.at()))
                        .addString(replay.outcome().word())
                        .addString(replay.reason()))
                .toList();
        return pool.preparedQuery(ADD).executeBatch(rows).replaceWithVoid();
    }

    private static Tuple fits(Filter filter) {
        Outcome outcome = filter.outcome();
        Instant from = filter.from();
        Instant to = filter.to();
        return Tuple.tuple()
                .addString(outcome == null ? null : outcome.word())
                .addString(filter.type())
                .addString(filter.orderId())
                .addOffsetDateTime(from == null ? null : at(from))
                .addOffsetDateTime(to == null ? null : at(to));
    }

    private static Entry entry(Row row) {
        return new Entry(
                row.getString("source"),
                row.getString("event_id"),
                row.getString("type"),
                row.getString("order_id"),
                row.getString("content_type"),
                row.getString("headers"),
                row.getBuffer("body").getBytes(),
                row.getOffsetDateTime("received_at").toInstant(),
                row.getOffsetDateTime("processed_at").toInstant(),
                outcome(row),
                row.getString("reason"),
                row.getInteger("deliveries"));
    }

    private static Outcome outcome(Row row) {
        return Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
