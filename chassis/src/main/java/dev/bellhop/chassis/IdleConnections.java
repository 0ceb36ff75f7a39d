package dev.bellhop.chassis;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.vertx.http.ManagementInterface;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections on which no request is under way: those on which none has begun for too long, since an idle timeout
 * alone would let a client hold one for ever, with a byte of a header now and then; and all that have been idle for a moment
 * once there are too many, each of which may hold the begin of a header: Quarkus' own limit counts none before its first
 * header is whole. See ADR 0013.
 */
public final class IdleConnections {

    private static final Logger LOG = Logger.getLogger(IdleConnections.class);
    /** With the begin of a header each, in a buffer of 32 KiB, they take less than half of what there is for buffers. */
    private static final int MOST = 4_000;

    private static final int MILLIS_BETWEEN_LOOKS = 250;

    private final long timeoutNanos;
    private final int most;
    private final AtomicInteger all = new AtomicInteger();

    /** @param timeout time for the headers of a request to arrive, from the connection's begin or the answer before */
    public IdleConnections(Duration timeout) {
        this(timeout, MOST);
    }

    IdleConnections(Duration timeout, int most) {
        this.timeoutNanos = timeout.toNanos();
        this.most = most;
    }

    /** Of operators' connections, too, it must be known whether a request is under way. */
    public void register(ManagementInterface management) {
        management.router().route().order(Integer.MIN_VALUE).handler(context -> {
            PipelinedRequests.begin(context.request());
            context.next();
        });
    }

    /** Watches all connections of these event loops that clients have opened. */
    public void start(EventLoopGroup loops) {
        for (EventExecutor loop : loops) {
            if (loop instanceof SingleThreadEventLoop own) {
                var unused = own.scheduleWithFixedDelay(
                        new Look(own), MILLIS_BETWEEN_LOOKS, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** That no request is under way, after so many, and when it was seen first; System.nanoTime(). */
    private record Idle(int requests, long since) {}

    /** Each event loop looks at its own connections. */
    final class Look implements Runnable {

        private final SingleThreadEventLoop loop;
        private Map<Channel, Idle> before = Map.of();

        Look(SingleThreadEventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            long now = System.nanoTime();
            Map<Channel, Idle> idle = new HashMap<>();
            for (Iterator<Channel> channels = loop.registeredChannelsIterator(); channels.hasNext(); ) {
                Channel channel = channels.next();
                Idle seen = channel.parent() instanceof ServerChannel ? idle(channel.pipeline(), now) : null;
                if (seen != null) {
                    Idle earlier = before.get(channel);
                    idle.put(channel, earlier != null && earlier.requests == seen.requests ? earlier : seen);
                }
            }
            boolean tooMany = all.addAndGet(idle.size() - before.size()) > most;
            before = idle;
            idle.forEach((channel, seen) -> {
                if (now - seen.since > (tooMany ? 0 : timeoutNanos)) {
                    end(channel, tooMany);
                }
            });
        }
    }

    private static void end(Channel channel, boolean tooMany) {
        LOG.debugf("connection without a request closed reason=%s", tooMany ? "too_many" : "too_long");
        // from below Vert.x, which would first wait until what is written has left
        var unused = channel.pipeline().firstContext().close();
    }

    private static @Nullable Idle idle(ChannelPipeline pipeline, long now) {
        Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
        if (http2 != null) {
            Http2Connection connection = http2.connection();
            return connection.numActiveStreams() > 0
                    ? null
                    : new Idle(connection.remote().lastStreamCreated(), now);
        }
        PipelinedRequests requests = pipeline.get(PipelinedRequests.class);
        if (requests == null) {
            return new Idle(0, now);
        }
        return requests.areUnderWay() ? null : new Idle(requests.begun(), now);
    }
}
