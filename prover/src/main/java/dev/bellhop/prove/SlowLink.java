package dev.bellhop.prove;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A TCP connection's middle: passes everything on, and as late as it is told. */
final class SlowLink implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final ExecutorService pumps = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "slow-link");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long delayMillis;

    private SlowLink(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** Listens on a free port of the loopback interface, in front of {@code target}. */
    static SlowLink before(int target) {
        try {
            SlowLink link = new SlowLink(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), target);
            link.pumps.execute(link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** Each piece is held back so long, in either direction. */
    void delay(long millis) {
        delayMillis = millis;
    }

    private void accept() {
        try {
            while (true) {
                connect(server.accept());
            }
        } catch (IOException e) {
            pumps.shutdownNow();
        }
    }

    private void connect(Socket near) throws IOException {
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            pumps.execute(() -> pump(near, far));
            pumps.execute(() -> pump(far, near));
        } catch (IOException e) {
            near.close();
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] piece = new byte[16_384];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(piece);
            while (length >= 0) {
                if (delayMillis > 0) {
                    TimeUnit.MILLISECONDS.sleep(delayMillis);
                }
                out.write(piece, 0, length);
                length = in.read(piece);
            }
        } catch (IOException e) {
            // either end went away, and so does the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        pumps.shutdownNow();
    }
}
