package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.domain.Endpoint;
import dev.bellhop.gateway.domain.EventType;
import dev.bellhop.gateway.domain.SignatureStyle;
import dev.bellhop.gateway.domain.SigningSecret;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A webhook endpoint as a row, its secrets as arrays beside it. */
final class EndpointRow {

    static final String SELECT =
            """
            select e.*, s.secrets, s.ends
              from webhook_endpoints e
             cross join lateral (select array_agg(secret order by expires_at is not null, created_at desc) as secrets,
                                        array_agg(expires_at order by expires_at is not null, created_at desc) as ends
                                   from signing_secrets where endpoint_id = e.id) s
            """;

    private EndpointRow() {}

    static List<Endpoint> toEndpoints(RowSet<Row> rows) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Row row : rows) {
            endpoints.add(toEndpoint(row));
        }
        return endpoints;
    }

    static Endpoint toEndpoint(Row row) {
        return new Endpoint(
                row.getString("id"),
                row.getString("owner"),
                URI.create(row.getString("url")),
                SignatureStyle.valueOf(row.getString("style")),
                secrets(row),
                Arrays.stream(row.getArrayOfStrings("event_types"))
                        .map(EventType::of)
                        .collect(Collectors.toUnmodifiableSet()),
                row.getInteger("rate_per_second"),
                row.getInteger("failures"),
                Times.nullableIn(row, "failing_since"),
                Times.nullableIn(row, "paused_until"),
                row.getString("disabled_reason"),
                Times.in(row, "created_at"));
    }

    private static List<SigningSecret> secrets(Row row) {
        String[] texts = row.getArrayOfStrings("secrets");
        OffsetDateTime[] ends = row.getArrayOfOffsetDateTimes("ends");
        List<SigningSecret> secrets = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            @Nullable OffsetDateTime end = ends[i];
            secrets.add(new SigningSecret(texts[i], end == null ? null : end.toInstant()));
        }
        return secrets;
    }
}
