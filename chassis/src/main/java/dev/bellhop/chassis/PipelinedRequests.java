package dev.bellhop.chassis;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * On a connection of HTTP/1.1 a request begins when the one before it is answered and the client reads the answers; until
 * then it waits here, and a client that sends on and on is cut off. Vert.x would keep all that come, going past each of
 * them to add the next: some ten thousand hold an event loop, with everybody else's connections. Once the bodies that wait on
 * all connections are too much, so is whoever sends another that is not small. See ADR 0013.
 */
public final class PipelinedRequests extends ChannelDuplexHandler {

    private static final Logger LOG = Logger.getLogger(PipelinedRequests.class);
    /** Heads, ends and pieces of bodies. */
    private static final int MOST_MESSAGES = 200;

    /** On all connections together. */
    static final long MOST_BYTES = 32 << 20;

    /** On one connection: so much is welcome even then. */
    private static final int FEW_BYTES = 4 * 1024;

    private static final AtomicLong ALL_BYTES = new AtomicLong();

    private final Queue<Object> waiting = new ArrayDeque<>();
    /** We come with the first request. */
    private boolean answering = true;

    private int begun = 1;

    private long bytes;

    private boolean closed;

    /** From the first request on that Vert.x hands to us; what it answers itself, it answers at once and briefly. */
    public static void begin(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2 && request.connection() instanceof ConnectionBase connection) {
            ChannelPipeline pipeline = connection.channel().pipeline();
            ChannelHandlerContext vertx = pipeline.context(VertxHandler.class);
            if (vertx != null && pipeline.get(PipelinedRequests.class) == null) {
                pipeline.addBefore(vertx.name(), null, new PipelinedRequests());
            }
        }
    }

    /** Whether one has come whose answer has not ended. */
    boolean areUnderWay() {
        return answering || !waiting.isEmpty();
    }

    /** How many have begun until now. */
    int begun() {
        return begun;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closed) {
            ReferenceCountUtil.release(message);
        } else if (waiting.isEmpty() && mayPass(context, message)) {
            pass(context, message);
        } else if (waiting.size() < MOST_MESSAGES && (bytes <= FEW_BYTES || ALL_BYTES.get() <= MOST_BYTES)) {
            waiting.add(message);
            count(size(message));
        } else {
            LOG.debug("too many requests at once, connection closed");
            ReferenceCountUtil.release(message);
            forget();
            // from below Vert.x, which would first wait until what is written has left
            var unused = context.pipeline().firstContext().close();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInterim(message)) {
            answering = false;
            if (!waiting.isEmpty()) {
                context.executor().execute(() -> goOn(context)); // when Vert.x is done with this one
            }
        }
        var unused = context.write(message, promise);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.fireChannelWritabilityChanged();
        goOn(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forget();
        context.fireChannelInactive();
    }

    private void goOn(ChannelHandlerContext context) {
        boolean some = false;
        for (Object next = waiting.peek(); next != null && mayPass(context, next); next = waiting.peek()) {
            count(-size(next));
            pass(context, waiting.remove());
            some = true;
        }
        if (some) {
            context.fireChannelReadComplete();
        }
    }

    /** What is no head belongs to a request that has begun. */
    private boolean mayPass(ChannelHandlerContext context, Object message) {
        return !(message instanceof HttpRequest)
                || (!answering && context.channel().isWritable());
    }

    private void pass(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            answering = true;
            begun++;
        }
        context.fireChannelRead(message);
    }

    private void forget() {
        closed = true;
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        count(-bytes);
    }

    private void count(long more) {
        bytes += more;
        ALL_BYTES.addAndGet(more);
    }

    private static int size(Object message) {
        return message instanceof HttpContent content ? content.content().readableBytes() : 0;
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
