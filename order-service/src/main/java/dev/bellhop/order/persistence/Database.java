package dev.bellhop.order.persistence;

import dev.bellhop.chassis.DatabaseConnections;
import dev.bellhop.chassis.MountedCredentials;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How the database is reached. */
final class Database {

    /** Settings. */
    @ConfigMapping(prefix = "orders.database")
    interface Settings {

        /** A connection on which nothing came or went for so long is closed. Longer than any statement takes. */
        @WithDefault("20s")
        Duration silence();

        /** Time to open a connection, and time to wait for one of the pool. */
        @WithDefault("5s")
        Duration connectTimeout();
    }

    @Produces
    @Singleton
    MountedCredentials credentials() {
        return new MountedCredentials();
    }

    @Produces
    @Singleton
    DatabaseConnections connections(
            Settings settings,
            @ConfigProperty(name = "quarkus.datasource.credentials-provider") Optional<String> credentialsFolder) {
        return new DatabaseConnections(settings.silence(), settings.connectTimeout(), credentialsFolder.orElse(null));
    }
}
