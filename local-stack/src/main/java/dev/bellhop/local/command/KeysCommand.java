package dev.bellhop.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.local.Http;
import dev.bellhop.local.StartFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Order-service's API keys, through its own API: nothing here that an operator could not do with curl. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "List, create, rotate and revoke API keys of order-service.",
        footer = {"", "A key is printed once, when it is made. Exit status 0 only if it was done."})
final class KeysCommand {

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = ".bellhop",
            description = "Of the running suite: its run.json says where to, and has an operator's key. "
                    + "Default: ${DEFAULT-VALUE}")
    private Path data = Path.of(".bellhop");

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            converter = HttpUrl.class,
            description = "Another order-service.")
    private @Nullable URI url;

    @Option(
            names = "--key-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            converter = ReadableFile.class,
            description = "The operator's key for it, in the first line.")
    private @Nullable Path keyFile;

    @Spec
    private @Nullable CommandSpec spec;

    @Command(name = "list", mixinStandardHelpOptions = true, description = "All keys, without what is secret of them.")
    int list() throws IOException {
        JsonNode keys = call("GET", "/api-keys", "").path("data");
        PrintWriter out = out();
        for (JsonNode key : keys) {
            out.printf(
                    "%-28s %-16s %-45s %s%n",
                    key.path("keyId").asText(),
                    key.path("owner").asText(),
                    scopes(key),
                    key.hasNonNull("revokedAt")
                            ? "revoked " + key.path("revokedAt").asText()
                            : "");
        }
        out.flush();
        return 0;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "A new key.")
    int create(
            @Option(names = "--owner", required = true, paramLabel = "OWNER", description = "Whose orders it sees.")
                    String owner,
            @Option(
                            names = "--scopes",
                            required = true,
                            split = ",",
                            paramLabel = "SCOPE",
                            description = "orders:read, orders:write, catalog:write, operator")
                    List<String> scopes)
            throws IOException {
        String wanted = new ObjectMapper().writeValueAsString(Map.of("owner", owner, "scopes", Set.copyOf(scopes)));
        return made(call("POST", "/api-keys", wanted));
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "A new key for the same owner and scopes, instead of this one.")
    int rotate(@Parameters(paramLabel = "KEY-ID") String keyId) throws IOException {
        return made(call("POST", path(keyId) + "/rotate", ""));
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "The key opens nothing any more.")
    int revoke(@Parameters(paramLabel = "KEY-ID") String keyId) throws IOException {
        JsonNode key = call("DELETE", path(keyId), "");
        PrintWriter out = out();
        out.println(key.path("keyId").asText() + " is revoked");
        out.flush();
        return 0;
    }

    private int made(JsonNode key) {
        PrintWriter out = out();
        out.println("keyId  " + key.path("keyId").asText());
        out.println("owner  " + key.path("owner").asText());
        out.println("scopes " + scopes(key));
        out.println("key    " + key.path("key").asText());
        out.flush();
        return 0;
    }

    private static String scopes(JsonNode key) {
        StringBuilder scopes = new StringBuilder();
        key.path("scopes")
                .forEach(scope -> scopes.append(scopes.isEmpty() ? "" : ",").append(scope.asText()));
        return scopes.toString();
    }

    private JsonNode call(String method, String path, String json) throws IOException {
        URI service = url != null ? url : orderService();
        String key =
                keyFile != null ? firstLine(keyFile) : run().path("operatorKey").asText();
        Http.Answer answer;
        try {
            answer = Http.call(method, service.resolve(path), key, json);
        } catch (IOException e) {
            throw new StartFailure("Nobody answers at " + service, e);
        }
        if (answer.status() / 100 != 2) {
            throw new StartFailure(
                    answer.status() + ": " + answer.json().path("detail").asText());
        }
        return answer.json();
    }

    private URI orderService() throws IOException {
        JsonNode url = run().path("orderService");
        if (url.isMissingNode()) {
            throw new StartFailure("The suite in " + data + " runs without order-service");
        }
        return URI.create(url.asText());
    }

    private static String path(String keyId) {
        return "/api-keys/" + URLEncoder.encode(keyId, StandardCharsets.UTF_8);
    }

    private static String firstLine(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.map(String::strip)
                    .findFirst()
                    .filter(line -> line.matches("\\p{Graph}+"))
                    .orElseThrow(() -> new StartFailure("There is no key in " + file));
        }
    }

    private JsonNode run() throws IOException {
        Path run = data.resolve("run.json");
        if (!Files.isReadable(run)) {
            throw new StartFailure(
                    "Nothing runs in " + data + "; start it with ./bellhop up, or give --url and --key-file");
        }
        return Http.json(Files.readString(run));
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
