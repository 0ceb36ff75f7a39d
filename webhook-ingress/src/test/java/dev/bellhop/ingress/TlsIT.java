package dev.bellhop.ingress;

import static dev.bellhop.ingress.Sender.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.local.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service behind TLS, with and without certificates of its clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {

    private static final String PASSWORD = "changeit";
    private static final String BODY = "{\"event\":\"payment_success\",\"orderId\":\"12345\"}";

    private final Path folder;
    private final int port = Ports.free();
    private IngressProcess ingress;

    TlsIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    void start() throws IOException, InterruptedException {
        for (String name : new String[] {"server", "client", "stranger"}) {
            makeKey(name);
        }
        ingress = new IngressProcess(Map.of(
                "quarkus.http.ssl-port",
                String.valueOf(port),
                "quarkus.http.insecure-requests",
                "enabled",
                "quarkus.http.tls-configuration-name",
                "https",
                "quarkus.tls.https.key-store.p12.path",
                store("server").toString(),
                "quarkus.tls.https.key-store.p12.password",
                PASSWORD,
                "quarkus.tls.https.trust-store.p12.path",
                store("client").toString(),
                "quarkus.tls.https.trust-store.p12.password",
                PASSWORD,
                "webhooks.http.client-certificates",
                "required"));
    }

    @AfterAll
    void stop() {
        ingress.kill();
    }

    @Test
    void http_2_and_http_1_are_taken_over_tls_from_a_client_that_is_known() throws Exception {
        HttpResponse<String> two = post(client("client"), HttpClient.Version.HTTP_2);
        HttpResponse<String> one = post(client("client"), HttpClient.Version.HTTP_1_1);

        assertThat(two.statusCode()).isEqualTo(202);
        assertThat(two.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(two.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(one.statusCode()).isEqualTo(202);
        assertThat(one.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void a_client_without_a_certificate_or_with_a_strangers_does_not_get_in() {
        assertThatThrownBy(() -> post(client(null), HttpClient.Version.HTTP_2)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> post(client("stranger"), HttpClient.Version.HTTP_2))
                .isInstanceOf(IOException.class);
    }

    @Test
    void settings_that_contradict_each_other_stop_the_boot_and_say_which() {
        String refusal = IngressProcess.refusal(Map.of("webhooks.kafka.delivery-timeout", "5S"));

        assertThat(refusal)
                .startsWith("exit 1")
                .contains(
                        "webhooks.kafka.delivery-timeout (PT5S) must be shorter than webhooks.answer-within (PT1.6S)");
    }

    private HttpResponse<String> post(HttpClient client, HttpClient.Version version)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + port + "/webhooks/payments"))
                .version(version)
                .POST(BodyPublishers.ofString(BODY));
        signed("evt_" + UUID.randomUUID(), Instant.now(), BODY).forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpClient client(String key) throws GeneralSecurityException, IOException {
        KeyManager[] keys = null;
        if (key != null) {
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(loaded(key), PASSWORD.toCharArray());
            keys = own.getKeyManagers();
        }
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(loaded("server"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trusted.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private KeyStore loaded(String name) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store(name))) {
            keys.load(file, PASSWORD.toCharArray());
        }
        return keys;
    }

    private Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    /** A key with a certificate that it signed itself. */
    private void makeKey(String name) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        store(name).toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
    }
}
