package dev.bellhop.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback interface. */
public final class Ports {

    /** Below those that systems give to outgoing connections, which would take one between our look and its use. */
    private static final int LOWEST = 20_000;

    private static final int BEYOND = 32_000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /**
     * A port that was free a moment ago, and that nobody else in this process was given. Whoever binds it next may still
     * lose a race for it.
     */
    public static int free() {
        int port;
        do {
            port = anyFree();
        } while (!GIVEN.add(port));
        return port;
    }

    private static int anyFree() {
        return ThreadLocalRandom.current()
                .ints(LOWEST, BEYOND)
                .limit(BEYOND - LOWEST)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port on the loopback interface"));
    }

    /** Whether something can listen on {@code port} now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
