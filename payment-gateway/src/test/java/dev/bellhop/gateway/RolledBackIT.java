package dev.bellhop.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class RolledBackIT {

    @Inject
    Flyway flyway;

    @Inject
    DataSource database;

    @Test
    void a_schema_that_a_later_version_has_migrated_does_not_stop_the_boot() throws SQLException {
        // Given
        execute(
                """
                insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,
                                                   execution_time, success)
                values (9999, '9999', 'of a later version', 'SQL', 'V9999__of_a_later_version.sql', 'later', 0, true)
                """);
        try {
            // When
            boolean started = flyway.migrate().success;

            // Then
            assertThat(started).isTrue();
        } finally {
            execute("delete from flyway_schema_history where installed_rank = 9999");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
