package dev.bellhop.testing;

import dev.bellhop.local.LocalStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code @QuarkusTestResource(RealPostgres.class)}: the service under test gets a fresh, empty database on the run's
 * {@link SharedStack} each time that Quarkus starts.
 */
public final class RealPostgres implements QuarkusTestResourceLifecycleManager {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    @Override
    public Map<String, String> start() {
        LocalStack stack = SharedStack.get();
        String database = "test_" + DATABASES.incrementAndGet();
        create(stack, database);
        return Map.of(
                "quarkus.datasource.username",
                "postgres",
                "quarkus.datasource.password",
                "",
                "quarkus.datasource.jdbc.url",
                stack.jdbcUrl(database),
                "quarkus.datasource.reactive.url",
                stack.postgresUrl(database));
    }

    private static void create(LocalStack stack, String database) {
        try (var connection = DriverManager.getConnection(stack.jdbcUrl("postgres"), "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute("create database " + database);
        } catch (SQLException e) {
            throw new IllegalStateException("the test database could not be created", e);
        }
    }

    @Override
    public void stop() {
        // The stack serves the whole run.
    }
}
