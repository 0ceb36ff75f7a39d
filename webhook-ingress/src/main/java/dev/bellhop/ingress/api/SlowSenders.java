package dev.bellhop.ingress.api;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.netty.MainEventLoopGroup;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Closes connections on which no request has begun for too long. An idle timeout alone would let a sender hold one for
 * ever, with a byte of a header now and then. Each event loop looks at its own connections once in a while. See ADR 0013.
 */
@Singleton
final class SlowSenders {

    private static final Logger LOG = Logger.getLogger(SlowSenders.class);
    /** When the last request began, or when the connection was first seen; System.nanoTime(). */
    private static final AttributeKey<Long> HEARD = AttributeKey.valueOf(SlowSenders.class, "heard");

    private static final int LOOKS_PER_TIMEOUT = 4;

    private final long timeoutNanos;

    SlowSenders(HttpConfig config) {
        this.timeoutNanos = config.headerTimeout().toNanos();
    }

    /** Operators' connections are looked at as well, so that their requests must be heard. */
    void register(@Observes ManagementInterface management) {
        management.router().route().order(Integer.MIN_VALUE).handler(context -> {
            heard(context.request());
            context.next();
        });
    }

    void start(@Observes StartupEvent event, @MainEventLoopGroup EventLoopGroup loops) {
        long every = timeoutNanos / LOOKS_PER_TIMEOUT;
        for (EventExecutor loop : loops) {
            if (loop instanceof SingleThreadEventLoop own) {
                var unused = own.scheduleAtFixedRate(() -> look(own), every, every, TimeUnit.NANOSECONDS);
            }
        }
    }

    /** A request has begun: its headers are there. */
    void heard(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channel().attr(HEARD).set(System.nanoTime());
        }
    }

    private void look(SingleThreadEventLoop loop) {
        long now = System.nanoTime();
        for (Iterator<Channel> channels = loop.registeredChannelsIterator(); channels.hasNext(); ) {
            Channel channel = channels.next();
            if (channel.parent() instanceof ServerChannel && isSilent(channel.attr(HEARD), now)) {
                LOG.debug("no request for too long, connection closed");
                // from below Vert.x, which would first wait until what is written has left
                var unused = channel.pipeline().firstContext().close();
            }
        }
    }

    private boolean isSilent(Attribute<Long> heard, long now) {
        Long last = heard.setIfAbsent(now);
        return last != null && now - last > timeoutNanos;
    }
}
