package dev.bellhop.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.local.Http;
import dev.bellhop.local.StartFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plays a provider: signs an event of a source and posts it to the ingress. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = "Sign an event as its provider does, and post it to the webhook ingress.",
        footer = {"", "Exit status 0 only if the answer is 2xx. Secrets are never printed."})
final class SendCommand implements Callable<Integer> {

    /** Headers that are a secret, instead of being made with one. */
    private static final Set<String> SECRETS = Set.of("Authorization", "X-Gitlab-Token");

    /** Schemes of which the ingress knows no more than a public key. */
    private static final Set<String> PUBLIC_KEYS = Set.of("sendgrid", "paypal");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".bellhop",
            description =
                    "Of the running suite: its run.json says where to, its settings say how. Default: ${DEFAULT-VALUE}")
    private Path data = Path.of(".bellhop");

    @Option(names = "--source", paramLabel = "NAME", description = "Whom to play; --list names them.")
    private @Nullable String source;

    @Option(names = "--event", paramLabel = "EVENT", description = "What happened. Default: the first that --list has.")
    private @Nullable String event;

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = HttpUrl.class,
            description = "Another ingress: the whole URL that the provider would be given.")
    private @Nullable URI url;

    @Option(
            names = "--body",
            paramLabel = "FILE",
            converter = ReadableFile.class,
            description = "Another body than the sample's, sent byte by byte; adyen: with its signatures put in.")
    private @Nullable Path body;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            converter = ReadableFile.class,
            description = {
                "The secret, in the first line. Default: the file that the suite's ingress reads.",
                "Of a source that is proven by a public key (sendgrid): the provider's private key, PKCS #8;",
                "paypal: WEBHOOK-ID:PRIVATE-KEY, the latter in base64;",
                "http-message-signatures: in base64, after ed25519: or ecdsa-p256-sha256:."
            })
    private @Nullable Path secretFile;

    @Option(names = "--list", description = "Print the sources of the suite, and the sample events of each.")
    private boolean list;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command().commandLine().getOut();
        Map<String, ConfiguredSource> sources = ConfiguredSource.all(data);
        try {
            if (list) {
                list(out, sources);
                return 0;
            }
            String name = source;
            if (name == null) {
                throw wrong("--source is missing; --list names those that there are");
            }
            return send(out, sources.getOrDefault(name, new ConfiguredSource(name, new Properties())));
        } finally {
            out.flush();
        }
    }

    private static void list(PrintWriter out, Map<String, ConfiguredSource> configured) {
        Map<String, ConfiguredSource> sources = new TreeMap<>(configured);
        if (sources.isEmpty()) {
            out.println("Nothing was started here yet; these can be played with --url and --secret-file:");
            Signers.names().forEach(name -> sources.put(name, new ConfiguredSource(name, new Properties())));
        }
        sources.values().forEach(source -> {
            out.printf("%s (%s)%n", source.name(), source.scheme());
            samplesOf(source).forEach(sample -> out.printf("  %-34s %s%n", sample.event(), sample.family()));
        });
    }

    private int send(PrintWriter out, ConfiguredSource source) throws IOException {
        Signer signer = Signers.named(source.scheme(), source.options());
        if (signer == null) {
            throw wrong("nobody here can sign as " + source.scheme() + "; it can be " + Signers.names());
        }
        String secret = secret(source);
        URI target = target(source);
        String publicUrl = Objects.requireNonNullElse(source.setting("public-url"), target.toString());
        String id = UUID.randomUUID().toString();
        Instant now = Instant.now();
        Sample sample = sample(source);
        String happened = event != null ? event : sample == null ? "sample" : sample.event();
        byte[] unsigned = body != null
                ? Files.readAllBytes(body)
                : required(sample, source).body(id, now);
        Map<String, String> headers = new TreeMap<>();
        Outgoing delivery;
        try {
            delivery = new Outgoing(happened, id, now, publicUrl, signer.body(unsigned, secret));
            headers.putAll(signer.headers(delivery, secret));
        } catch (IllegalArgumentException e) {
            throw new StartFailure("Nothing can be signed as " + source.name() + ": " + e.getMessage(), e);
        }
        headers.put("Content-Type", delivery.contentType());
        out.println("POST " + target + (signer.query(secret).isEmpty() ? "" : "?secret=(not shown)"));
        headers.forEach((name, value) -> out.println(name + ": " + (SECRETS.contains(name) ? "(not shown)" : value)));
        out.println();
        out.flush();
        return answer(out, URI.create(target + signer.query(secret)), headers, delivery.body());
    }

    private static int answer(PrintWriter out, URI target, Map<String, String> headers, byte[] bytes) {
        try {
            Http.Answer answer = Http.send("POST", target, headers, bytes);
            out.println(answer.status()
                    + answer.headers()
                            .firstValue("X-Request-Id")
                            .map(id -> ", X-Request-Id " + id)
                            .orElse(""));
            if (!answer.body().isEmpty()) {
                out.println(answer.body());
            }
            return answer.status() / 100 == 2 ? 0 : 1;
        } catch (IOException e) {
            throw new StartFailure("Nobody answers at " + target.getScheme() + "://" + target.getAuthority(), e);
        }
    }

    private static List<Sample> samplesOf(ConfiguredSource source) {
        List<Sample> own = Sample.all().stream()
                .filter(sample -> sample.owner().equals(source.name()))
                .toList();
        return !own.isEmpty()
                ? own
                : Sample.all().stream()
                        .filter(sample -> sample.owner().equals(source.scheme()))
                        .toList();
    }

    private @Nullable Sample sample(ConfiguredSource source) {
        return samplesOf(source).stream()
                .filter(sample -> event == null || sample.event().equals(event))
                .findFirst()
                .orElse(null);
    }

    private Sample required(@Nullable Sample sample, ConfiguredSource source) {
        if (sample == null) {
            throw wrong("there is no sample of " + (event == null ? "any event" : event) + " of " + source.name()
                    + "; give one with --body, or choose one of --list");
        }
        return sample;
    }

    private URI target(ConfiguredSource source) throws IOException {
        if (url != null) {
            return url;
        }
        Path run = data.resolve("run.json");
        if (!Files.exists(run)) {
            throw wrong("nothing runs in " + data + "; start it with ./bellhop up, or say --url");
        }
        JsonNode ingress = Http.json(Files.readString(run)).path("webhookIngress");
        if (ingress.isMissingNode()) {
            throw wrong("the suite in " + data + " runs without a webhook ingress");
        }
        return URI.create(ingress.asText() + "/webhooks/" + source.name());
    }

    private String secret(ConfiguredSource source) throws IOException {
        Path file = secretFile;
        if (file == null) {
            String configured = source.setting("secret-file");
            if (configured == null) {
                throw wrong(
                        "there is no source " + source.name() + " in " + data + "; --list names those that there are");
            }
            file = Path.of(configured);
            if (PUBLIC_KEYS.contains(source.scheme())) {
                file = file.resolveSibling(source.name() + "-private-key");
                if (!Files.exists(file)) {
                    throw wrong(source.name()
                            + " signs with a private key that only the provider has; the ingress knows the"
                            + " public one. If the private key is yours, name its file with --secret-file");
                }
            }
        }
        if (!Files.isReadable(file)) {
            throw wrong("there is no readable file " + file);
        }
        return first(Files.readString(file));
    }

    /** The newest secret: the first line that is no comment, without its validity. A PEM file is one secret. */
    private static String first(String text) {
        if (text.startsWith("-----BEGIN")) {
            return text;
        }
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("# "))
                .findFirst()
                .orElse("")
                .replaceAll("(\\s+\\d{4}-\\d\\d-\\d\\dT\\S+)+$", "");
    }

    private ParameterException wrong(String what) {
        return new ParameterException(command().commandLine(), "bellhop: " + what);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}
