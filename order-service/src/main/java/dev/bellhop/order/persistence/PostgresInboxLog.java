package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;

import dev.bellhop.order.app.InboxLog;
import dev.bellhop.order.domain.Outcome;
import dev.bellhop.order.domain.ReceivedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
final class PostgresInboxLog implements InboxLog {

    private static final String FIND =
            "select source, event_id, type, order_id, content_type, headers, substring(body for " + BEGINNING
                    + ") as body, octet_length(body) as size, received_at, processed_at, outcome, reason, deliveries"
                    + " from inbox";

    private static final String PLACES = "select received_at, source, event_id from inbox";

    private static final String NEWEST_FIRST = " order by received_at desc, source desc, event_id desc limit ";

    private static final String COUNT = "select count(*) as fitting from (select 1 from inbox";

    private static final String GET =
            """
            select *, octet_length(body) as size from inbox where event_id = $1 and ($2::text is null or source = $2)
            order by received_at limit 1
            """;

    private static final String REPLAYS = "select * from inbox_replay where source = $1 and event_id = $2 order by at";

    private static final String REPLAYS_OF_ACTOR =
            "select * from inbox_replay where actor = $1 and at between $2 and $3 order by at limit $4";

    private static final String ADD =
            """
            insert into inbox_replay (replay_id, source, event_id, actor, at, outcome, reason, note)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    private final Pool pool;

    PostgresInboxLog(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<List<Entry>> find(Filter filter, @Nullable Place after, int limit) {
        Conditions conditions = fits(filter, after);
        String statement = FIND + conditions.where() + NEWEST_FIRST + conditions.parameter(limit);
        return pool.preparedQuery(statement).execute(conditions.values()).map(rows -> {
            List<Entry> entries = new ArrayList<>();
            rows.forEach(row -> entries.add(entry(row)));
            return entries;
        });
    }

    @Override
    public Uni<List<Place>> places(Filter filter, @Nullable Place after, int limit) {
        Conditions conditions = fits(filter, after);
        String statement = PLACES + conditions.where() + NEWEST_FIRST + conditions.parameter(limit);
        return pool.preparedQuery(statement).execute(conditions.values()).map(rows -> {
            List<Place> places = new ArrayList<>();
            rows.forEach(row -> places.add(new Place(
                    row.getOffsetDateTime("received_at").toInstant(),
                    row.getString("source"),
                    row.getString("event_id"))));
            return places;
        });
    }

    private static ReceivedEvent.Key key(Row row) {
        return new ReceivedEvent.Key(row.getString("source"), row.getString("event_id"));
    }

    @Override
    public Uni<Optional<Entry>> get(String eventId, @Nullable String source) {
        return pool.preparedQuery(GET).execute(Tuple.of(eventId, source)).map(rows -> {
            var iterator = rows.iterator();
            return iterator.hasNext() ? Optional.of(entry(iterator.next())) : Optional.empty();
        });
    }

    @Override
    public Uni<Long> count(Filter filter, long most) {
        Conditions conditions = fits(filter);
        String statement = COUNT + conditions.where() + " limit " + conditions.parameter(most) + ") as found";
        return pool.preparedQuery(statement)
                .execute(conditions.values())
                .map(rows -> rows.iterator().next().getLong("fitting"));
    }

    @Override
    public Uni<List<Replay>> replays(ReceivedEvent.Key event) {
        return replays(REPLAYS, Tuple.of(event.source(), event.eventId()));
    }

    @Override
    public Uni<List<Replay>> replays(String actor, Instant from, Instant to, int most) {
        return replays(REPLAYS_OF_ACTOR, Tuple.of(actor, at(from), at(to), most));
    }

    private Uni<List<Replay>> replays(String statement, Tuple values) {
        return pool.preparedQuery(statement).execute(values).map(rows -> {
            List<Replay> replays = new ArrayList<>();
            rows.forEach(row -> replays.add(new Replay(
                    row.getString("replay_id"),
                    key(row),
                    row.getString("actor"),
                    row.getOffsetDateTime("at").toInstant(),
                    outcome(row),
                    row.getString("reason"),
                    row.getString("note"))));
            return replays;
        });
    }

    @Override
    public Uni<Void> add(Replay replay) {
        Tuple row = Tuple.tuple()
                .addString(replay.replayId())
                .addString(replay.event().source())
                .addString(replay.event().eventId())
                .addString(replay.actor())
                .addOffsetDateTime(at(replay.at()))
                .addString(replay.outcome().word())
                .addString(replay.reason())
                .addString(replay.note());
        return pool.preparedQuery(ADD).execute(row).replaceWithVoid();
    }

    /** Only what is asked for, so that each question gets a plan of its own; an outcome as a word, for its partial index. */
    private static Conditions fits(Filter filter, @Nullable Place after) {
        Conditions conditions = fits(filter);
        if (after != null) {
            conditions.and(
                    "(received_at, source, event_id) < (%s, %s, %s)",
                    at(after.receivedAt()), after.source(), after.eventId());
        }
        return conditions;
    }

    private static Conditions fits(Filter filter) {
        Conditions conditions = new Conditions();
        Outcome outcome = filter.outcome();
        if (outcome != null) {
            conditions.and("outcome = '" + outcome.word() + "'");
        }
        conditions.andIfSaid("source = %s", filter.source());
        conditions.andIfSaid("type = %s", filter.type());
        conditions.andIfSaid("order_id = %s", filter.orderId());
        Instant from = filter.from();
        Instant to = filter.to();
        conditions.andIfSaid("received_at >= %s", from == null ? null : at(from));
        conditions.andIfSaid("received_at < %s", to == null ? null : at(to));
        return conditions;
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
                row.getInteger("size"),
                row.getOffsetDateTime("received_at").toInstant(),
                row.getOffsetDateTime("processed_at").toInstant(),
                outcome(row),
                row.getString("reason"),
                row.getInteger("deliveries"));
    }

    private static Outcome outcome(Row row) {
        return Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT));
    }
}
