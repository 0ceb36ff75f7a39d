package dev.bellhop.local.command;

import dev.bellhop.local.Service;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A source as the ingress of a data folder has it: the launcher's settings, with those of {@code --config}. */
record ConfiguredSource(String name, Properties settings) {

    /** By name; none if nothing was ever started in that folder. */
    static Map<String, ConfiguredSource> all(Path data) throws IOException {
        Path file = data.resolve(Service.WEBHOOK_INGRESS.folder()).resolve("config/application.properties");
        Properties settings = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                settings.load(reader);
            }
        }
        Map<String, ConfiguredSource> sources = new TreeMap<>();
        for (String key : settings.stringPropertyNames()) {
            if (key.startsWith("webhooks.sources.") && key.endsWith(".scheme")) {
                String name = key.substring("webhooks.sources.".length(), key.length() - ".scheme".length());
                sources.put(name, new ConfiguredSource(name, settings));
            }
        }
        return sources;
    }

    String scheme() {
        return settings.getProperty("webhooks.sources." + name + ".scheme", name);
    }

    @Nullable
    String setting(String key) {
        return settings.getProperty("webhooks.sources." + name + "." + key);
    }

    Map<String, String> options() {
        String prefix = "webhooks.sources." + name + ".options.";
        Map<String, String> options = new HashMap<>();
        for (String key : settings.stringPropertyNames()) {
            if (key.startsWith(prefix)) {
                options.put(key.substring(prefix.length()), settings.getProperty(key));
            }
        }
        return options;
    }
}
