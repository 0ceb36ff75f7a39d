package dev.bellhop.ingress.spool;

import dev.bellhop.ingress.app.Sources;
import dev.bellhop.ingress.app.Spool;
import dev.bellhop.ingress.app.Spools;
import dev.bellhop.ingress.app.WebhooksConfig;
import dev.bellhop.ingress.domain.Source;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder for each source below {@code webhooks.spool.directory}; none unless that is set. */
@Singleton
final class FileSpools implements Spools {

    private final Map<String, FileSpool> spools = new TreeMap<>();

    @Inject
    FileSpools(WebhooksConfig config, Sources sources, Clock clock) throws IOException {
        this(
                config.spool().directory().orElse(null),
                sources.all().stream().filter(Source::spooled).map(Source::name).toList(),
                folder -> new FileSpool(
                        Journal.open(folder),
                        config.spool().maxBytes().bytes(),
                        config.spool().maxAge(),
                        config.answerWithin(),
                        clock));
    }

    FileSpools(@Nullable Path directory, Collection<String> sources, Opening opening) throws IOException {
        if (directory == null) {
            return;
        }
        try {
            open(directory, sources, opening);
        } catch (IOException e) {
            close();
            throw new IllegalStateException("webhooks.spool.directory: cannot be used: " + e, e);
        }
    }

    private void open(Path directory, Collection<String> sources, Opening opening) throws IOException {
        Files.createDirectories(directory);
        if (holdsEvents(directory)) {
            throw new IllegalStateException("webhooks.spool.directory: " + directory + " itself holds events of an"
                    + " earlier version; move its files into a folder below it, from where they are sent");
        }
        Set<String> names = new TreeSet<>(sources);
        names.addAll(left(directory));
        for (String name : names) {
            spools.put(name, opening.open(directory.resolve(name)));
        }
    }

    /** Also of sources that have no spool any more, or are gone. */
    private static List<String> left(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> Files.exists(entry.resolve(Journal.EVENTS)))
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .toList();
        }
    }

    private static boolean holdsEvents(Path folder) throws IOException {
        Path log = folder.resolve(Journal.EVENTS);
        return Files.exists(log) && Files.size(log) > 0;
    }

    @Override
    public Spool of(Source source) {
        return Objects.requireNonNull(spools.get(source.name()));
    }

    @Override
    public Map<String, Spool> all() {
        return Collections.unmodifiableMap(spools);
    }

    @PreDestroy
    void close() throws IOException {
        for (FileSpool spool : spools.values()) {
            spool.close();
        }
    }

    /** Opens the spool in a folder. */
    interface Opening {
        FileSpool open(Path folder) throws IOException;
    }
}
