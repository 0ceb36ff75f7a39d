package dev.bellhop.chassis;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * The first thing that a request meets. Every answer, also the server's own, carries an {@code X-Request-Id}: the
 * caller's if it is a sane one. A header that says who calls or what is meant stands on one line, and a parameter of the
 * query is said once, or nobody could know which of them counts. A body is read here, before anybody asks whose it is: it
 * is small, and comes whole and in time, or its connection is closed; of HTTP/2 it is read by whoever wants it, and its
 * stream ends if it does not come in time. One that says it is too large is refused before it is sent, and so is what
 * comes with a target or with headers that are. There is {@link Room} for so much at a time: beyond it 503.
 */
public final class Gate {

    private static final int FIRST = 1_000;
    private static final int LONGEST_TARGET = 4 * 1024;
    private static final int LARGEST_HEADERS = 16 * 1024;
    private static final String HEADER = "X-Request-Id";
    private static final Pattern SANE = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?!\\p{XDigit}{2})");
    private static final List<String> SINGLE =
            List.of("Authorization", "Content-Type", "Host", "Idempotency-Key", "Transfer-Encoding");

    /** Of a few kilobytes each, with what is known of it. */
    private static final int MOST_REQUESTS = 10_000;

    private static final long MOST_BYTES = 32 << 20;

    private final Room room = new Room(MOST_REQUESTS, MOST_BYTES, InstantSource.system());
    private final long largestBody;
    private final BodyHandler bodies;
    private final long bodyTimeoutMillis;

    /**
     * Closed to what is larger or takes longer.
     *
     * @param largestBody in bytes
     * @param bodyTimeout from the end of the headers; beyond it 408
     */
    public Gate(long largestBody, Duration bodyTimeout) {
        if (bodyTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("a body needs time to arrive, and the body timeout is " + bodyTimeout);
        }
        this.largestBody = largestBody;
        this.bodies = BodyHandler.create(false).setBodyLimit(largestBody);
        this.bodyTimeoutMillis = bodyTimeout.toMillis();
    }

    /** Before every other filter. */
    public void register(Filters filters) {
        filters.register(this::enter, FIRST);
        filters.register(Gate::leave, FIRST - 1);
    }

    /** For what the router itself refuses. */
    public void register(Router router) {
        router.route().failureHandler(Gate::fail);
    }

    private void enter(RoutingContext context) {
        identify(context);
        HttpServerRequest request = context.request();
        PipelinedRequests.begin(request);
        UnreadAnswers.expect(context);
        if (hasBody(request)) {
            long timer = context.vertx().setTimer(bodyTimeoutMillis, ignored -> isLate(context));
            request.end().onComplete(ended -> context.vertx().cancelTimer(timer));
        } else if (isSending(request)) {
            Context loop = context.vertx().getOrCreateContext();
            long timer = context.vertx().setTimer(bodyTimeoutMillis, ignored -> endStream(context));
            context.addEndHandler(answered -> loop.runOnContext(ignored -> {
                if (!isSending(request)) {
                    context.vertx().cancelTimer(timer);
                }
            }));
        }
        for (String name : SINGLE) {
            if (request.headers().getAll(name).size() > 1) {
                refuse(context, 400, "ambiguous_header", name + " is given more than once");
                return;
            }
        }
        if (request.uri().length() > LONGEST_TARGET) {
            refuse(context, 414, Problem.code(414), Problem.detail(414));
            return;
        }
        if (size(request.headers()) > LARGEST_HEADERS) {
            refuse(context, 431, Problem.code(431), Problem.detail(431));
            return;
        }
        if (!isUri(request.uri())) {
            refuse(context, 400, Problem.code(400), "the target is no URI");
            return;
        }
        MultiMap parameters = context.queryParams();
        if (parameters.entries().size() > parameters.names().size()) {
            refuse(context, 400, "ambiguous_parameter", "a parameter of the query is given more than once");
            return;
        }
        // The server takes what is coded otherwise for no body, and the body for another request.
        String coding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            refuse(context, 400, Problem.code(400), "the only transfer coding is chunked");
            return;
        }
        if (isCompressed(request)) {
            context.response().putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
            refuse(context, 415, Problem.code(415), "the body must come without a content coding");
            return;
        }
        Room.Guest guest = room.enter(size(request), context.response()::closed);
        if (guest == null) {
            context.response().putHeader("Retry-After", "1");
            refuse(context, 503, Problem.code(503), "too much at once; try again");
            return;
        }
        // an answer may go on for hours, and has a bound of its own
        context.addHeadersEndHandler(ignored -> room.leave(guest));
        context.addEndHandler(ignored -> room.leave(guest));
        if (request.version() != HttpVersion.HTTP_2) {
            bodies.handle(context);
        } else if (length(request) > largestBody) {
            refuse(context, 413, Problem.code(413), Problem.detail(413));
        } else {
            // Whoever reads it pauses it first, and a request of HTTP/2 that has come to its end takes that for a
            // fault.
            context.next();
        }
    }

    /** Of all names and values. */
    public static long size(MultiMap headers) {
        long size = 0;
        for (Map.Entry<String, String> field : headers) {
            size += field.getKey().length() + field.getValue().length();
        }
        return size;
    }

    /** Whether the server can route it. */
    public static boolean isUri(String target) {
        try {
            new URI(target);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void identify(RoutingContext context) {
        String given = context.request().getHeader(HEADER);
        String id = given != null && SANE.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        context.response().putHeader(HEADER, id);
        MDC.put("requestId", id);
    }

    /** Or coded in another way (RFC 9110, 15.5.16): nobody here would read it. */
    private static boolean isCompressed(HttpServerRequest request) {
        return (hasBody(request) || request.version() == HttpVersion.HTTP_2)
                && request.headers().getAll(HttpHeaders.CONTENT_ENCODING).stream()
                        .anyMatch(coding -> !coding.equalsIgnoreCase("identity"));
    }

    /** Of HTTP/1.1: another stream than a stalled one is not delayed by it. */
    private static boolean hasBody(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_2
                && (request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING));
    }

    /** Of HTTP/2. Whether we have read what came says nothing about the client: so the connection is asked. */
    private static boolean isSending(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            return false;
        }
        ChannelPipeline channel =
                ((ConnectionBase) request.connection()).channel().pipeline();
        Http2ConnectionHandler http2 = channel.get(Http2ConnectionHandler.class);
        Http2Stream stream = http2 == null ? null : http2.connection().stream(request.streamId());
        return stream != null && (stream.state().remoteSideOpen() || isUpgrading(request));
    }

    /** Whether HTTP/2 begins on this connection when this request has ended: its body comes by HTTP/1.1. */
    private static boolean isUpgrading(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel().pipeline().get(HttpRequestDecoder.class) != null;
    }

    /** That of its body may become. */
    private long size(HttpServerRequest request) {
        if (!hasBody(request) && !isSending(request)) {
            return 0;
        }
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                ? Math.min(length(request), largestBody)
                : largestBody;
    }

    private static long length(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
    }

    /**
     * A body that was read and had no byte is left as no body at all, and whoever reads it then waits for ever for the
     * end that has been: it becomes an empty one. Whoever decodes a form stumbles over an escape that is none.
     */
    private static void leave(RoutingContext context) {
        if (context.response().ended()) {
            return; // refused meanwhile
        }
        Buffer body = context.body().buffer();
        if (context.request().isEnded() && body == null) {
            ((RoutingContextInternal) context).setBody(Buffer.buffer());
        }
        boolean form = context.request().isExpectMultipart();
        if (form && body != null && BROKEN_ESCAPE.matcher(body.toString()).find()) {
            refuse(context, 400, Problem.code(400), "the form has a broken escape");
            return;
        }
        context.next();
    }

    /** What the server refuses, and bodies that break off. Whatever else fails is our fault, and Quarkus' to tell. */
    private static void fail(RoutingContext context) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        boolean brokenOff = hasBody(context.request()) && !context.request().isEnded();
        int status = context.statusCode();
        if (status >= 400 && status < 500) {
            refuse(context, status, Problem.code(status), Problem.detail(status));
        } else if (brokenOff) {
            refuse(context, 400, Problem.code(400), Problem.detail(400));
        } else {
            context.next();
        }
    }

    private static void isLate(RoutingContext context) {
        if (!context.response().ended()) {
            refuse(context, 408, Problem.code(408), Problem.detail(408));
        }
        hangUp(context);
    }

    /** Also if it was answered long ago. The other streams of the connection go on, unless it has not come to any. */
    private static void endStream(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (isSending(request)) {
            isLate(context);
            context.response().reset(Http2Error.NO_ERROR.code());
            if (isUpgrading(request)) {
                request.connection().close();
            }
        }
    }

    /** A connection of HTTP/2 goes on, for its other streams. */
    private static void hangUp(RoutingContext context) {
        if (context.request().version() != HttpVersion.HTTP_2) {
            context.request().connection().close();
        }
    }

    /** The connection serves no other request. It ends with the body: if it ended sooner, the answer might be lost. */
    private static void refuse(RoutingContext context, int status, String code, String detail) {
        if (!context.response().headers().contains(HEADER)) {
            identify(context);
        }
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", Problem.title(status))
                .put("status", status)
                .put("detail", detail)
                .put("instance", context.request().path())
                .put("code", code);
        context.response().setStatusCode(status).putHeader("Content-Type", Problem.MEDIA_TYPE);
        if (context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader("Connection", "close");
        }
        context.response().end(problem.encode());
        if (context.request().isEnded()) {
            hangUp(context);
        } else {
            context.request().end().onComplete(ended -> hangUp(context));
        }
    }
}
