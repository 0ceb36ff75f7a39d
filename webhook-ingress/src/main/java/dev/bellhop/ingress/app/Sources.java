package dev.bellhop.ingress.app;

import dev.bellhop.ingress.app.WebhooksConfig.SourceConfig;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SigningSecrets;
import dev.bellhop.ingress.domain.Source;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.Tolerance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The configured sources. Made once; a source that is not right stops the boot with a message that says what to change. */
@Singleton
public final class Sources {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    private final Map<String, Source> byName = new TreeMap<>();

    Sources(WebhooksConfig config, SignatureSchemes schemes) {
        config.sources().forEach((name, own) -> byName.put(name, new Builder(name, own, config, schemes).build()));
    }

    /** Null if there is none of that name. */
    public @Nullable Source named(String name) {
        return byName.get(name);
    }

    /** By name. */
    public Collection<Source> all() {
        return byName.values();
    }

    /** Looks each setting up in the source, then in the preset of its name, then in the scheme. */
    private record Builder(String name, SourceConfig own, WebhooksConfig config, SignatureSchemes schemes) {

        Source build() {
            if (!NAME.matcher(name).matches()) {
                throw wrong("", "a source's name is lower-case letters, digits, '-' and '_', at most 64");
            }
            SignatureScheme scheme = scheme();
            SourceDefaults defaults = scheme.defaults();
            return new Source(
                    name,
                    scheme,
                    secrets(scheme),
                    new Tolerance(setting(SourceConfig::tolerance).orElse(defaults.tolerance())),
                    setting(SourceConfig::topic).orElse("webhooks." + name),
                    setting(SourceConfig::maxBody).orElse(config.maxBody()),
                    setting(SourceConfig::contentTypes).orElse(defaults.contentTypes()),
                    locations(defaults.locations()),
                    setting(SourceConfig::keepHeaders).orElse(defaults.keptHeaders()));
        }

        private SignatureScheme scheme() {
            String named = setting(SourceConfig::scheme)
                    .orElseThrow(() -> wrong(".scheme", "is missing; use one of " + schemes.names()));
            SignatureScheme scheme = schemes.named(named);
            if (scheme == null) {
                throw wrong(".scheme=" + named, "is not known; use one of " + schemes.names());
            }
            return scheme;
        }

        private SigningSecrets secrets(SignatureScheme scheme) {
            Path file = setting(SourceConfig::secretFile)
                    .orElseThrow(() -> wrong(".secret-file", "is missing; name a file with one secret a line"));
            try {
                return SecretFile.parse(Files.readAllLines(file), scheme);
            } catch (IOException e) {
                throw wrong(".secret-file=" + file, "cannot be read: " + e);
            } catch (IllegalArgumentException e) {
                throw wrong(".secret-file=" + file, e.getMessage());
            }
        }

        private EventLocations locations(EventLocations defaults) {
            return new EventLocations(
                    setting(SourceConfig::eventId).orElse(defaults.id()),
                    setting(SourceConfig::eventType).orElse(defaults.type()),
                    setting(SourceConfig::eventTime).orElse(defaults.time()),
                    setting(SourceConfig::eventKey).orElse(defaults.key()));
        }

        private <T> Optional<T> setting(Function<SourceConfig, Optional<T>> key) {
            return key.apply(own)
                    .or(() -> Optional.ofNullable(config.presets().get(name)).flatMap(key));
        }

        private IllegalStateException wrong(String key, @Nullable String what) {
            return new IllegalStateException("webhooks.sources." + name + key + " " + what);
        }
    }
}
