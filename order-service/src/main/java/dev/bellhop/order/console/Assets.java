package dev.bellhop.order.console;

import dev.bellhop.order.domain.Sha256;
import io.quarkus.qute.TemplateExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** What every page refers to. */
@TemplateExtension(namespace = "assets")
final class Assets {

    private static final String OURS = "META-INF/resources/console/assets/console.";
    private static final String HTMX = "META-INF/maven/org.webjars.npm/htmx.org/pom.properties";
    private static final String VERSION = ourVersion();
    private static final String HTMX_VERSION = htmxVersion();

    /** The entries of the navigation. */
    private static final List<Place> PLACES = List.of(
            new Place("now", "Now", "/console"),
            new Place("orders", "Orders", "/console/orders"),
            new Place("events", "Events", "/console/events"),
            new Place("attention", "Needs attention", "/console/attention"),
            new Place("rejected", "Rejected", "/console/rejected"),
            new Place("reconciliation", "Reconciliation", "/console/reconciliation"),
            new Place("comparison", "API vs webhook", "/console/comparison"));

    private Assets() {}

    /** An entry of the navigation. */
    record Place(String word, String name, String path) {}

    /** Another one whenever the style sheet or the script is, so that no browser keeps an old one. */
    static String version() {
        return VERSION;
    }

    /** The version of the jar that htmx comes from. */
    static String htmx() {
        return HTMX_VERSION;
    }

    static List<Place> places() {
        return PLACES;
    }

    private static String ourVersion() {
        try (InputStream both = new SequenceInputStream(open(OURS + "css"), open(OURS + "js"))) {
            return HexFormat.of().formatHex(Sha256.of(both.readAllBytes()), 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String htmxVersion() {
        try (InputStream properties = open(HTMX)) {
            Properties about = new Properties();
            about.load(properties);
            return about.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(
                Thread.currentThread().getContextClassLoader().getResourceAsStream(resource));
    }
}
