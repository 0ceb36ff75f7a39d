package dev.bellhop.order.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the console. */
@ConfigMapping(prefix = "orders.console")
public interface ConsoleConfig {

    /** How long a session lasts, used or not. */
    @WithDefault("8h")
    Duration session();

    /**
     * Whether the session's cookie travels over TLS only. Browsers make an exception for localhost; false is for trying
     * the console out over plain HTTP elsewhere.
     */
    @WithDefault("true")
    boolean secureCookie();

    /** Attempts to log in that one address may make at once, at each instance; one more comes back every three seconds. */
    @WithDefault("10")
    int loginAttempts();
}
