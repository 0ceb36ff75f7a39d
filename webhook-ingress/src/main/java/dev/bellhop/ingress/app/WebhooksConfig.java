package dev.bellhop.ingress.app;

import dev.bellhop.ingress.domain.ByteSize;
import dev.bellhop.ingress.domain.Location;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code webhooks.*}: which sources there are. A key that is not listed here stops the boot. */
@ConfigMapping(prefix = "webhooks")
public interface WebhooksConfig {

    /** By name, as in {@code POST /webhooks/{name}}. */
    Map<String, SourceConfig> sources();

    /** What a source of this name has unless it is configured otherwise. No source exists for being listed here. */
    Map<String, SourceConfig> presets();

    /** Operators' API keys: a line each, {@code KEY OWNER SCOPE[,SCOPE]}. Without it, nobody is an operator. */
    Optional<Path> keysFile();

    /** A body larger than this is refused, unless the source says otherwise. */
    @WithDefault("1M")
    ByteSize maxBody();

    /** Time for a body to arrive once its headers are there. */
    @WithDefault("10S")
    Duration bodyTimeout();

    /** One source. Whatever is absent comes from the preset of its name, and then from its scheme. */
    interface SourceConfig {

        /** How it signs: the name of a signature scheme. Required. */
        Optional<String> scheme();

        /** One secret a line, the newest first: {@code SECRET [VALID-FROM [VALID-UNTIL]]}, RFC 3339. Required. */
        Optional<Path> secretFile();

        /** Default: {@code webhooks.{name}}. */
        Optional<String> topic();

        Optional<Location> eventId();

        Optional<Location> eventType();

        Optional<Location> eventTime();

        /** The business entity: events of one key stay in order. */
        Optional<Location> eventKey();

        Optional<ByteSize> maxBody();

        /** How far the signature's time may be from ours, in both directions. */
        Optional<Duration> tolerance();

        /** Media types without parameters. */
        Optional<Set<String>> contentTypes();

        /** The provider's headers to keep on the record. Never name one that proves anything. */
        Optional<List<String>> keepHeaders();
    }
}
