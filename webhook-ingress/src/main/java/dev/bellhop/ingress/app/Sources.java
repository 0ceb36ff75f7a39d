package dev.bellhop.ingress.app;

import dev.bellhop.ingress.app.WebhooksConfig.SourceConfig;
import dev.bellhop.ingress.domain.ByteSize;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.Headers;
import dev.bellhop.ingress.domain.Location;
import dev.bellhop.ingress.domain.SchemeOptions;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SigningSecrets;
import dev.bellhop.ingress.domain.Source;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.Switch;
import dev.bellhop.ingress.domain.Tolerance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The configured sources. One that is not right stops the boot with a message that says what to change. */
@Singleton
public final class Sources {

    private static final Logger LOG = Logger.getLogger(Sources.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");
    private static final Pattern PUBLIC_URL = Pattern.compile("https?://[^\\s/?#@]+(?:/[^\\s?#]*)?");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+");

    /** Headers of each record: the sender's would be taken for ours. */
    private static final Pattern OURS = Pattern.compile("(?:ce_|bellhop_).*|content-type|traceparent|tracestate");

    /** A body is one array, and with its headers one entry of the spool. */
    private static final ByteSize LARGEST_BODY = ByteSize.of("200M");

    private final Clock clock;
    private final Map<String, SecretFile> secretFiles = new TreeMap<>();
    private volatile Map<String, Source> byName;

    Sources(WebhooksConfig config, SignatureSchemes schemes, Clock clock) {
        this.clock = clock;
        checkCounts(config);
        Map<String, Source> sources = new TreeMap<>();
        config.sources().forEach((name, own) -> {
            Builder builder = new Builder(name, own, config, schemes);
            sources.put(name, builder.build(secretFiles));
        });
        sources.values().forEach(this::complainOfNoSecret);
        this.byName = sources;
    }

    private static void checkCounts(WebhooksConfig config) {
        requireSome("webhooks.read-secrets-every", config.readSecretsEvery());
        requireSome("webhooks.spool.max-age", config.spool().maxAge());
        if (config.rejectedPerSecond() < 0) {
            throw new IllegalStateException("webhooks.rejected-per-second=" + config.rejectedPerSecond()
                    + " must not be less than 0, which keeps none");
        }
    }

    private static void requireSome(String key, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalStateException(key + " (" + duration + ") must be at least 1 ms");
        }
    }

    /** No more than that: a secret that ran out must not keep the other sources from being there after a restart. */
    private void complainOfNoSecret(Source source) {
        if (!source.secrets().anyLiveAt(clock.instant())) {
            LOG.warnf("no secret is valid now and every delivery is refused source=%s", source.name());
        }
    }

    /** Null if there is none of that name. */
    public @Nullable Source named(String name) {
        return byName.get(name);
    }

    /** By name. */
    public Collection<Source> all() {
        return byName.values();
    }

    /** Takes up secrets whose file has changed. A file that is not right changes nothing, and is complained about. */
    public void readSecretsAgain() {
        Map<String, Source> sources = new TreeMap<>(byName);
        sources.replaceAll((name, source) -> reread(source, secretFiles.get(name)));
        byName = sources;
    }

    private Source reread(Source source, @Nullable SecretFile file) {
        try {
            if (file == null || !file.hasChanged()) {
                return source;
            }
            Source changed = source.with(file.read(source.scheme()));
            LOG.infof("secrets changed source=%s", source.name());
            complainOfNoSecret(changed);
            return changed;
        } catch (IOException e) {
            return unchanged(source, "cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            return unchanged(source, e.getMessage());
        }
    }

    private static Source unchanged(Source source, @Nullable String reason) {
        LOG.warnf("secrets not changed source=%s reason=%s", source.name(), reason);
        return source;
    }

    /** Looks each setting up in the source, then in the preset of its name, then in the scheme. */
    private record Builder(String name, SourceConfig own, WebhooksConfig config, SignatureSchemes schemes) {

        Source build(Map<String, SecretFile> secretFiles) {
            if (!NAME.matcher(name).matches()) {
                throw wrong("", "a source's name is lower-case letters, digits, '-' and '_', at most 64");
            }
            SignatureScheme scheme = scheme();
            SourceDefaults defaults = scheme.defaults();
            SecretFile file = secretFile();
            secretFiles.put(name, file);
            return new Source(
                    name,
                    scheme,
                    secrets(file, scheme),
                    tolerance(defaults),
                    topic(),
                    publicUrl(scheme),
                    locations(defaults.locations()),
                    keptHeaders(defaults),
                    limits(defaults),
                    spooled());
        }

        private SigningSecrets secrets(SecretFile file, SignatureScheme scheme) {
            try {
                return file.read(scheme);
            } catch (IOException e) {
                throw wrong(".secret-file", "cannot be read: " + e);
            } catch (IllegalArgumentException e) {
                throw wrong(".secret-file", e.getMessage());
            }
        }

        private Tolerance tolerance(SourceDefaults defaults) {
            try {
                return new Tolerance(setting(SourceConfig::tolerance).orElse(defaults.tolerance()));
            } catch (IllegalArgumentException e) {
                throw wrong(".tolerance", "must be longer than nothing");
            }
        }

        private String topic() {
            String topic = setting(SourceConfig::topic).orElse("webhooks." + name);
            if (!TOPIC.matcher(topic).matches()) {
                throw wrong(".topic=" + topic, "is not a topic's name: letters, digits, '.', '_' and '-', at most 249");
            }
            return topic;
        }

        private List<String> keptHeaders(SourceDefaults defaults) {
            List<String> kept = setting(SourceConfig::keepHeaders).orElse(defaults.keptHeaders());
            for (String header : kept) {
                if (!Headers.isName(header)) {
                    throw wrong(".keep-headers:", header + " is not a header's name");
                }
                if (OURS.matcher(header.toLowerCase(Locale.ROOT)).matches()) {
                    throw wrong(".keep-headers:", header + " is a header that each record has from us: leave it out");
                }
                if (Headers.mayProve(header)) {
                    throw wrong(".keep-headers:", header + " may hold a secret or a proof: it must not get to a topic");
                }
            }
            return kept;
        }

        private SignatureScheme scheme() {
            String named = setting(SourceConfig::scheme)
                    .orElseThrow(() -> wrong(".scheme", "is missing; use one of " + schemes.names()));
            SignatureScheme scheme = schemes.named(named);
            if (scheme == null) {
                throw wrong(".scheme=" + named, "is not known; use one of " + schemes.names());
            }
            try {
                return scheme.configured(new SchemeOptions(own.options()));
            } catch (IllegalArgumentException e) {
                throw wrong(".options" + e.getMessage(), "");
            }
        }

        private @Nullable String publicUrl(SignatureScheme scheme) {
            String url = setting(SourceConfig::publicUrl).orElse(null);
            if (url == null && scheme.signsUrl()) {
                throw wrong(
                        ".public-url", "is missing; " + scheme.name() + " signs the URL that its provider was given");
            }
            if (url != null && !PUBLIC_URL.matcher(url).matches()) {
                throw wrong(
                        ".public-url=" + url,
                        "is not the http(s)://HOST/… that its provider was given, without a query");
            }
            return url;
        }

        private boolean spooled() {
            boolean spooled = setting(SourceConfig::spool).filter(Switch::isOn).isPresent();
            if (spooled && config.spool().directory().isEmpty()) {
                throw wrong(".spool=true", "needs webhooks.spool.directory");
            }
            return spooled;
        }

        private SecretFile secretFile() {
            Path file = setting(SourceConfig::secretFile)
                    .orElseThrow(() -> wrong(".secret-file", "is missing; name a file with one secret a line"));
            return new SecretFile(file);
        }

        private Source.Limits limits(SourceDefaults defaults) {
            ByteSize maxBody = setting(SourceConfig::maxBody).orElse(config.maxBody());
            if (maxBody.bytes() > LARGEST_BODY.bytes()) {
                throw wrong(".max-body=" + maxBody.bytes(), "is more than 200M: a body is kept in one piece");
            }
            boolean gzip = setting(SourceConfig::gzip).filter(Switch::isOn).isPresent();
            ByteSize inFlight = config.inFlight().bytes();
            // as it came, what comes out, and a copy of that
            if (maxBody.bytes() * (gzip ? 3 : 1) > inFlight.bytes()) {
                throw wrong(
                        ".max-body=" + maxBody.bytes(),
                        (gzip ? "needs room for three times as much with gzip, which " : "")
                                + "is more than webhooks.in-flight.bytes=" + inFlight.bytes()
                                + ": no such body could be let in");
            }
            setting(SourceConfig::rate).filter(rate -> rate < 1).ifPresent(rate -> {
                throw wrong(".rate=" + rate, "lets nothing in: it is the deliveries a second, 1 at least");
            });
            return new Source.Limits(
                    maxBody,
                    contentTypes(defaults),
                    gzip,
                    setting(SourceConfig::rate).orElse(null),
                    setting(SourceConfig::allowedAddresses).orElse(List.of()),
                    setting(SourceConfig::allowedOrigins).orElse(Set.of()));
        }

        private Set<String> contentTypes(SourceDefaults defaults) {
            Set<String> types = new TreeSet<>();
            for (String type : setting(SourceConfig::contentTypes).orElse(defaults.contentTypes())) {
                if (!MEDIA_TYPE.matcher(type).matches()) {
                    throw wrong(
                            ".content-types:",
                            type + " is not a media type without parameters, such as application/json");
                }
                types.add(type.toLowerCase(Locale.ROOT));
            }
            return Set.copyOf(types);
        }

        private EventLocations locations(EventLocations defaults) {
            setting(SourceConfig::eventItems)
                    .filter(items -> items.place() == Location.Place.HEADER
                            || items.names().size() > 1)
                    .ifPresent(items -> {
                        throw wrong(".event-items", "is one array: json:/pointer, json: or form:FIELD");
                    });
            return new EventLocations(
                    setting(SourceConfig::eventId).orElse(defaults.id()),
                    setting(SourceConfig::eventType).orElse(defaults.type()),
                    setting(SourceConfig::eventTime).orElse(defaults.time()),
                    setting(SourceConfig::eventKey).orElse(defaults.key()),
                    setting(SourceConfig::eventItems).orElse(defaults.items()));
        }

        private <T> Optional<T> setting(Function<SourceConfig, Optional<T>> key) {
            return key.apply(own)
                    .or(() -> Optional.ofNullable(config.presets().get(name)).flatMap(key));
        }

        private IllegalStateException wrong(String key, @Nullable String what) {
            return new IllegalStateException(("webhooks.sources." + name + key + " " + what).strip());
        }
    }
}
