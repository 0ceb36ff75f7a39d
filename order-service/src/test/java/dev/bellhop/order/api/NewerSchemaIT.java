package dev.bellhop.order.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** During a rolling update, and after a rollback, an old version meets the schema of a newer one. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class NewerSchemaIT {

    private static final String APPLY =
            """
            insert into flyway_schema_history
                (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
            values (9999, '9999', 'of a newer version', 'SQL', 'V9999__of_a_newer_version.sql', 1, 'newer', 1, true)
            """;

    @Inject
    Flyway flyway;

    @Inject
    Pool pool;

    @Test
    void an_old_version_starts_on_a_newer_schema() {
        // Given
        pool.query(APPLY).executeAndAwait();
        try {

            // When
            var migrated = flyway.migrate();

            // Then
            assertThat(migrated.success).isTrue();
            assertThat(migrated.migrationsExecuted).isZero();
        } finally {
            pool.query("delete from flyway_schema_history where version = '9999'")
                    .executeAndAwait();
        }
    }
}
