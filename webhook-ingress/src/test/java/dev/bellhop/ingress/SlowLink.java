package dev.bellhop.ingress;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a client and the broker, and lets each answer of the broker wait. The broker tells its clients its own
 * address; on its way that is replaced by ours, or nobody would come through here a second time.
 */
final class SlowLink implements AutoCloseable {

    private static final byte[] HOST = "127.0.0.1".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int brokerPort;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private volatile Duration delay = Duration.ZERO;

    SlowLink(String broker) throws IOException {
        this.brokerPort = Integer.parseInt(broker.substring(broker.indexOf(':') + 1));
        threads.execute(this::accept);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Of each answer from now on. */
    void delay(Duration each) {
        this.delay = each;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
                client.setTcpNoDelay(true);
                broker.setTcpNoDelay(true);
                threads.execute(() -> ask(client, broker));
                threads.execute(() -> answer(broker, client));
            } catch (IOException e) {
                // the broker is away, or we are closed
            }
        }
    }

    private static void ask(Socket client, Socket broker) {
        try (client;
                broker;
                InputStream asked = client.getInputStream()) {
            asked.transferTo(broker.getOutputStream());
        } catch (IOException e) {
            // one of the two has left
        }
    }

    /** An answer is its length and that many bytes; a later one never overtakes an earlier one. */
    private void answer(Socket broker, Socket client) {
        long lastDue = 0;
        try (broker;
                DataInputStream answers = new DataInputStream(broker.getInputStream())) {
            DataOutputStream output = new DataOutputStream(client.getOutputStream());
            while (true) {
                byte[] answer = answers.readNBytes(answers.readInt());
                replacePort(answer);
                long now = System.nanoTime();
                lastDue = Math.max(now + delay.toNanos(), lastDue);
                var unused = clock.schedule(() -> write(output, answer), lastDue - now, TimeUnit.NANOSECONDS);
            }
        } catch (IOException e) {
            // one of the two has left
        }
    }

    private static void write(DataOutputStream output, byte[] answer) {
        try {
            output.writeInt(answer.length);
            output.write(answer);
            output.flush();
        } catch (IOException e) {
            // the client has given up
        }
    }

    private void replacePort(byte[] answer) {
        ByteBuffer bytes = ByteBuffer.wrap(answer);
        for (int i = 0; i + HOST.length + Integer.BYTES <= answer.length; i++) {
            int port = i + HOST.length;
            if (bytes.slice(i, HOST.length).equals(ByteBuffer.wrap(HOST)) && bytes.getInt(port) == brokerPort) {
                bytes.putInt(port, server.getLocalPort());
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
        clock.shutdownNow();
    }
}
