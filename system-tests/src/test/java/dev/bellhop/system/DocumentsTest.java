package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A document that names a file is wrong once the file is gone. */
class DocumentsTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    /** {@code [text](target)}, without a title. */
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    /** To the end of the command, which may go on in the next line. */
    private static final Pattern ONE_TEST = Pattern.compile("mvn verify [^`#]*?-am [^`#]*-Dit\\.test=[^`#]*");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern SENT = Pattern.compile("--source ([\\w-]+) --event ([\\w./-]+)");

    @Test
    void every_relative_link_leads_somewhere() throws IOException {
        // When
        List<String> dead = documents().stream()
                .flatMap(DocumentsTest::relativeLinks)
                .filter(link -> !Files.exists(link.target()))
                .map(Link::toString)
                .toList();

        // Then
        assertThat(dead).isEmpty();
    }

    /** A link to a heading that was renamed leads to the top of a page, and nobody says so. */
    @Test
    void every_link_to_a_heading_finds_it() throws IOException {
        // When
        List<String> lost = documents().stream()
                .flatMap(DocumentsTest::links)
                .filter(link -> link.text().contains("#"))
                .filter(link -> !headings(link.target()).contains(link.text().replaceFirst(".*#", "")))
                .map(Link::toString)
                .toList();

        // Then
        assertThat(lost).isEmpty();
    }

    /** Who tries what is written finds a sample of that name. */
    @Test
    void every_event_that_is_said_to_be_sent_has_a_sample() throws IOException {
        // Given
        String samples = text(REPOSITORY.resolve("local-stack/src/main/resources/samples/index.txt"));

        // When
        List<String> sent = documents().stream()
                .flatMap(document -> SENT.matcher(text(document)).results())
                .map(sending -> sending.group(1) + " | " + sending.group(2) + " |")
                .toList();

        // Then
        assertThat(sent).isNotEmpty().allSatisfy(event -> assertThat(samples).contains("\n" + event));
    }

    /** With {@code -am} Maven looks for the test in every module, and ends at the first that does not have it. */
    @Test
    void every_command_for_one_test_gets_past_the_modules_without_it() throws IOException {
        // When
        List<String> commands = documents().stream()
                .flatMap(document -> ONE_TEST.matcher(text(document)).results())
                .map(MatchResult::group)
                .toList();

        // Then
        assertThat(commands).isNotEmpty().allSatisfy(command -> assertThat(command)
                .contains("-Dfailsafe.failIfNoSpecifiedTests=false"));
    }

    /** Copied at night, a command for the wrong namespace says that there is nothing. */
    @Test
    void every_command_of_a_runbook_names_the_namespace() throws IOException {
        // When
        List<String> elsewhere = documents().stream()
                .filter(document -> document.startsWith(REPOSITORY.resolve("docs/runbooks")))
                .flatMap(document -> text(document).lines())
                .filter(line -> line.replace("kubectl -n bellhop ", "").contains("kubectl"))
                .toList();

        // Then
        assertThat(elsewhere).isEmpty();
    }

    /** A question to a database is of no use to whoever does not know how to ask. */
    @Test
    void a_runbook_that_asks_a_database_says_how() throws IOException {
        // When
        List<Path> silent = documents().stream()
                .filter(document -> document.startsWith(REPOSITORY.resolve("docs/runbooks")))
                .filter(document -> text(document).contains("select "))
                .filter(document -> !text(document).contains("-rw -c postgres -- psql "))
                .toList();

        // Then
        assertThat(silent).isEmpty();
    }

    @Test
    void the_documents_are_found() throws IOException {
        assertThat(documents())
                .contains(REPOSITORY.resolve("README.md"), REPOSITORY.resolve("ARCHITECTURE.md"))
                .anyMatch(document -> document.startsWith(REPOSITORY.resolve("docs/adr")));
        assertThat(relativeLinks(REPOSITORY.resolve("ARCHITECTURE.md"))).isNotEmpty();
    }

    private record Link(Path document, String text) {

        Path target() {
            String path = text.contains("#") ? text.substring(0, text.indexOf('#')) : text;
            return path.isEmpty() ? document : document.resolveSibling(path);
        }

        @Override
        public String toString() {
            return REPOSITORY.relativize(document) + " -> " + text;
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(REPOSITORY);
                Stream<Path> docs = Files.walk(REPOSITORY.resolve("docs"))) {
            Stream<Path> modules = Stream.of("payment-gateway", "webhook-ingress", "order-service")
                    .map(module -> REPOSITORY.resolve(module).resolve("README.md"))
                    .filter(Files::exists);
            return Stream.of(top, docs, modules)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static Stream<Link> relativeLinks(Path document) {
        return links(document).filter(link -> !link.text().startsWith("#"));
    }

    private static Stream<Link> links(Path document) {
        return LINK.matcher(text(document))
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(target -> !target.contains("://") && !target.startsWith("mailto:"))
                .map(target -> new Link(document, target));
    }

    /** As links name them: in lower case, with hyphens for blanks, without other signs. */
    private static List<String> headings(Path document) {
        return HEADING.matcher(text(document).replaceAll("(?s)```.*?```", ""))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", ""))
                .map(heading -> heading.replace(' ', '-'))
                .toList();
    }

    private static String text(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
