package dev.bellhop.ingress.scheme;

import jakarta.inject.Singleton;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Over HTTPS, without following a redirect, and never for longer than {@link #PATIENCE}, however slowly the host answers. */
@Singleton
final class HttpsCertificateFetch implements PayPalCertificates.Fetch {

    static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int LARGEST = 64 * 1024;
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;
    /** Of these alone the next try may fare better although the host blames the request: 408 and 429. */
    private static final Set<Integer> LATER = Set.of(408, 429);

    @Override
    public byte[] get(String url) throws IOException {
        long begin = System.nanoTime();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        try {
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() >= SERVER_ERROR || LATER.contains(answer.statusCode())) {
                    throw new IOException("status " + answer.statusCode());
                }
                return answer.statusCode() == OK ? read(body, begin) : new byte[0];
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The request's timeout ends with the head of the answer: its body is closed under who still reads. */
    private static byte[] read(InputStream body, long begin) throws IOException {
        long left = PATIENCE.toNanos() - (System.nanoTime() - begin);
        Executor afterwards = CompletableFuture.delayedExecutor(Math.max(0, left), TimeUnit.NANOSECONDS);
        CompletableFuture<Void> end = CompletableFuture.runAsync(() -> close(body), afterwards);
        try {
            byte[] read = body.readNBytes(LARGEST);
            if (System.nanoTime() - begin >= PATIENCE.toNanos()) {
                throw new HttpTimeoutException("the body took too long");
            }
            return read;
        } finally {
            end.cancel(false);
        }
    }

    private static void close(Closeable body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
