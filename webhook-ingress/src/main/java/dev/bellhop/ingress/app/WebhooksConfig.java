package dev.bellhop.ingress.app;

import dev.bellhop.ingress.domain.AddressRange;
import dev.bellhop.ingress.domain.ByteSize;
import dev.bellhop.ingress.domain.Location;
import dev.bellhop.ingress.domain.Switch;
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

    /** Within this a delivery is answered once its body is there: what a provider waits for, less some. */
    @WithDefault("2S")
    Duration answerWithin();

    /** How often secret files are looked at for changes. */
    @WithDefault("5S")
    Duration readSecretsEvery();

    /** Proxies whose {@code X-Forwarded-For} is believed. Default: nobody's is. */
    Optional<List<AddressRange>> trustedProxies();

    /** What may be let in and not answered yet; beyond it 503 at once. */
    InFlightConfig inFlight();

    /** Traces of refused deliveries a second, for {@code webhooks.rejected}; 0 for none. */
    @WithDefault("20")
    int rejectedPerSecond();

    /** Where events wait while the broker is away; off unless there is a directory. */
    SpoolConfig spool();

    /** The spools of this instance, one for each source that has one. */
    interface SpoolConfig {

        /** On a disk of its own process; two instances never share one. */
        Optional<Path> directory();

        /** What may wait of one source. */
        @WithDefault("1G")
        ByteSize maxBytes();

        /** If the first event of a source has waited longer than this, no more of it are taken. */
        @WithDefault("24H")
        Duration maxAge();
    }

    /** How much is let in. */
    interface InFlightConfig {

        @WithDefault("4096")
        int deliveries();

        @WithDefault("128M")
        ByteSize bytes();
    }

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

        /** A JSON array of which each element is an event of its own: {@code json:/pointer} or {@code form:FIELD}. */
        Optional<Location> eventItems();

        /** The URL that the provider was given, without a query; needed where the scheme signs it. */
        Optional<String> publicUrl();

        /** What the scheme wants to know. */
        Map<String, String> options();

        Optional<ByteSize> maxBody();

        /** Whether a body may come compressed by gzip. Counted, checked and published is what comes out of it. */
        Optional<Switch> gzip();

        /** Authentic deliveries a second; beyond it 429. */
        Optional<Integer> rate();

        /** Whether its events go to the spool while the broker is away: for providers that never send twice. */
        Optional<Switch> spool();

        /** From where deliveries may come, in CIDR notation. Default: from anywhere. */
        Optional<List<AddressRange>> allowedAddresses();

        /** Who may make a CloudEvents handshake with us: values of {@code WebHook-Request-Origin}, or {@code *}. */
        Optional<Set<String>> allowedOrigins();

        /** How far the signature's time may be from ours, in both directions. */
        Optional<Duration> tolerance();

        /** Media types without parameters. */
        Optional<Set<String>> contentTypes();

        /** The provider's headers to keep on the record. Never name one that proves anything. */
        Optional<List<String>> keepHeaders();
    }
}
