package dev.bellhop.chassis;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.quarkus.netty.MainEventLoopGroup;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Ends connections whose clients ask on and on and read no answer: the server reads on whatever answers wait, until no
 * memory is left. Once more than a bound waits on all connections together, those end on which at least as much waits
 * as on the average one. So who is slow with a large answer is left alone unless there is danger, and many that each
 * keep a little are found as well. See ADR 0013.
 */
@Singleton
final class UnreadAnswers {

    private static final Logger LOG = Logger.getLogger(UnreadAnswers.class);
    /** More than the largest answer there is, and less than what the heap leaves of a container. */
    private static final long MOST_BYTES = 40 << 20;

    /** Where a stream of HTTP/2 has its answer. */
    private static final AttributeKey<PropertyKey> ANSWER = AttributeKey.valueOf(UnreadAnswers.class, "answer");

    private static final int MILLIS_BETWEEN_LOOKS = 250;
    /** What an event loop answers is looked at sooner if it is more than this. */
    private static final long MOST_BYTES_BETWEEN_LOOKS = 4 << 20;

    private static final FastThreadLocal<Look> OF_THIS_LOOP = new FastThreadLocal<>();

    private final AtomicLong allBytes = new AtomicLong();
    private final AtomicLong allConnections = new AtomicLong();

    void start(@Observes StartupEvent event, @MainEventLoopGroup EventLoopGroup loops) {
        for (EventExecutor loop : loops) {
            if (loop instanceof SingleThreadEventLoop own) {
                Look look = new Look(own);
                own.execute(() -> OF_THIS_LOOP.set(look));
                var unused = own.scheduleWithFixedDelay(
                        look, MILLIS_BETWEEN_LOOKS, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** A stream of HTTP/2 keeps what its client has no window for, and the channel does not know of it. */
    static void expect(RoutingContext context) {
        HttpServerRequest request = context.request();
        context.addBodyEndHandler(ignored -> written(context.response().bytesWritten()));
        Channel channel = ((ConnectionBase) request.connection()).channel();
        Http2ConnectionHandler http2 = channel.pipeline().get(Http2ConnectionHandler.class);
        Http2Stream stream = http2 == null ? null : http2.connection().stream(request.streamId());
        if (stream != null) {
            PropertyKey known = channel.attr(ANSWER).get();
            PropertyKey answer = known == null ? http2.connection().newKey() : known;
            channel.attr(ANSWER).set(answer);
            stream.setProperty(answer, request.response());
        }
    }

    static void written(long bytes) {
        Look look = OF_THIS_LOOP.getIfExists();
        if (look != null) {
            look.after(bytes);
        }
    }

    /** Each event loop looks at its own connections. */
    private final class Look implements Runnable {

        private final SingleThreadEventLoop loop;
        private long bytes;
        private long connections;
        private long bytesSince;

        Look(SingleThreadEventLoop loop) {
            this.loop = loop;
        }

        void after(long answered) {
            bytesSince += answered;
            if (bytesSince > MOST_BYTES_BETWEEN_LOOKS) {
                run();
            }
        }

        @Override
        public void run() {
            bytesSince = 0;
            Map<Channel, Long> unread = unread();
            long bytesBefore = bytes;
            long connectionsBefore = connections;
            bytes = unread.values().stream().mapToLong(Long::longValue).sum();
            connections = unread.size();
            long all = allBytes.addAndGet(bytes - bytesBefore);
            long average = all / Math.max(1, allConnections.addAndGet(connections - connectionsBefore));
            if (all > MOST_BYTES) {
                unread.forEach((channel, waiting) -> {
                    if (waiting >= average) {
                        LOG.debug("answers that nobody reads, connection closed");
                        // from below Vert.x, which would first wait until what is written has left
                        var unused = channel.pipeline().firstContext().close();
                    }
                });
            }
        }

        private Map<Channel, Long> unread() {
            Map<Channel, Long> unread = new HashMap<>();
            for (Iterator<Channel> channels = loop.registeredChannelsIterator(); channels.hasNext(); ) {
                Channel channel = channels.next();
                long waiting = channel.parent() instanceof ServerChannel ? inChannel(channel) + inStreams(channel) : 0;
                if (waiting > 0) {
                    unread.put(channel, waiting);
                }
            }
            return unread;
        }
    }

    private static long inChannel(Channel channel) {
        ChannelOutboundBuffer answers = channel.unsafe().outboundBuffer();
        return answers == null ? 0 : answers.totalPendingWriteBytes();
    }

    /** What of an answer has left its stream already is counted as well. */
    private static long inStreams(Channel channel) {
        PropertyKey answer = channel.attr(ANSWER).get();
        Http2ConnectionHandler http2 = channel.pipeline().get(Http2ConnectionHandler.class);
        if (answer == null || http2 == null) {
            return 0;
        }
        AtomicLong bytes = new AtomicLong();
        try {
            http2.connection().forEachActiveStream(stream -> {
                if (stream.getProperty(answer) instanceof HttpServerResponse response
                        && http2.encoder().flowController().hasFlowControlled(stream)) {
                    bytes.addAndGet(response.bytesWritten());
                }
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException("nothing here fails", e);
        }
        return bytes.get();
    }
}
