package dev.bellhop.chassis;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.netty.MainEventLoopGroup;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Ends connections on which no request is under way once there are too many: each may hold the begin of a header, as large
 * as one may be, and Quarkus' own limit does not count a connection before its first header is whole. Those end that had no
 * request at the last look either; who asks at once is left alone. See ADR 0013.
 */
@Singleton
final class IdleConnections {

    private static final Logger LOG = Logger.getLogger(IdleConnections.class);
    /** With the begin of a header each, in a buffer of 32 KiB, they take less than half of what there is for buffers. */
    private static final int MOST = 4_000;

    private static final int MILLIS_BETWEEN_LOOKS = 250;

    private final int most;
    private final AtomicInteger all = new AtomicInteger();

    @Inject
    IdleConnections() {
        this(MOST);
    }

    IdleConnections(int most) {
        this.most = most;
    }

    /** Of operators' connections, too, it must be known whether a request is under way. */
    void register(@Observes ManagementInterface management) {
        management.router().route().order(Integer.MIN_VALUE).handler(context -> {
            PipelinedRequests.begin(context.request());
            context.next();
        });
    }

    void start(@Observes StartupEvent event, @MainEventLoopGroup EventLoopGroup loops) {
        for (EventExecutor loop : loops) {
            if (loop instanceof SingleThreadEventLoop own) {
                var unused = own.scheduleWithFixedDelay(
                        new Look(own), MILLIS_BETWEEN_LOOKS, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Each event loop looks at its own connections. */
    final class Look implements Runnable {

        private final SingleThreadEventLoop loop;
        private Set<Channel> before = Set.of();

        Look(SingleThreadEventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            Set<Channel> idle = new HashSet<>();
            for (Iterator<Channel> channels = loop.registeredChannelsIterator(); channels.hasNext(); ) {
                Channel channel = channels.next();
                if (channel.parent() instanceof ServerChannel && isIdle(channel.pipeline())) {
                    idle.add(channel);
                }
            }
            if (all.addAndGet(idle.size() - before.size()) > most) {
                before.stream().filter(idle::contains).forEach(IdleConnections::end);
            }
            before = idle;
        }
    }

    private static void end(Channel channel) {
        LOG.debug("too many connections without a request, connection closed");
        // from below Vert.x, which would first wait until what is written has left
        var unused = channel.pipeline().firstContext().close();
    }

    private static boolean isIdle(ChannelPipeline pipeline) {
        Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
        if (http2 != null) {
            return http2.connection().numActiveStreams() == 0;
        }
        PipelinedRequests requests = pipeline.get(PipelinedRequests.class);
        return requests == null || requests.isIdle();
    }
}
