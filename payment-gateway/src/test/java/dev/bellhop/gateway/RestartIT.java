package dev.bellhop.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.gateway.app.CurrentPlan;
import dev.bellhop.gateway.app.SimulatorClock;
import dev.bellhop.testing.RealPostgres;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A gateway that starts where another has set the clock and a plan. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
@TestProfile(RestartIT.SetBefore.class)
class RestartIT {

    private static final String SET =
            """
            update simulator set frozen_at = '2020-02-02T00:00:00Z', plan = '{"seed":42,"plan":"rough-day"}',
                                 planned_at = '2020-02-01T00:00:00Z'
            """;

    @Inject
    Start start;

    @Test
    void it_has_the_clock_and_the_plan_before_any_timer_and_any_call() {
        assertThat(start.time).isEqualTo("2020-02-02T00:00:00Z");
        assertThat(start.plan).isEqualTo(Map.of("seed", 42, "plan", "rough-day"));
    }

    /** Has them set, as if earlier. */
    public static final class SetBefore implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(Start.class);
        }
    }

    /** What there is when the timers start; calls are taken after that. */
    @Alternative
    @Singleton
    static final class Start {

        private @Nullable Instant time;
        private @Nullable Map<String, Object> plan;

        void migrated(@Observes @Priority(Integer.MIN_VALUE) StartupEvent event, DataSource database)
                throws SQLException {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(SET);
            }
        }

        void timersStart(
                @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
                SimulatorClock clock,
                CurrentPlan current) {
            time = clock.instant();
            plan = current.source();
        }
    }
}
