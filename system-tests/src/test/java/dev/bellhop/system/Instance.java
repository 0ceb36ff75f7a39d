package dev.bellhop.system;

import dev.bellhop.local.Ports;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** One more order-service of this version, with the settings of the suite's own, on ports of its own. */
record Instance(Process process, URI url) implements AutoCloseable {

    /** On a busy machine; the suite gives its own as long. */
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    static Instance beside(Suite suite) {
        int port = Ports.free();
        int management = Ports.free();
        Path jar = Path.of("..", "order-service", "target", "quarkus-app", "quarkus-run.jar");
        Path folder = suite.plan().folder();
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:TieredStopAtLevel=1",
                            // as it is deployed: what is under way is ended before the process is
                            "-Dquarkus.shutdown.timeout=20s",
                            "-Dquarkus.http.port=" + port,
                            "-Dquarkus.management.port=" + management,
                            "-jar",
                            jar.toAbsolutePath().toString())
                    .directory(folder.resolve(Service.ORDER_SERVICE.folder()).toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            folder.resolve("order-service-" + port + ".log").toFile())
                    .start();
            Instance instance = new Instance(process, URI.create("http://127.0.0.1:" + port));
            instance.isReadyOrEnds(URI.create("http://127.0.0.1:" + management + "/q/health/ready"));
            return instance;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void isReadyOrEnds(URI ready) {
        try {
            Shop.eventually(START_LIMIT, () -> isReady(ready));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static boolean isReady(URI ready) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
