package dev.bellhop.ingress.api;

import dev.bellhop.ingress.app.Receipt;
import dev.bellhop.ingress.domain.Event;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.Source;
import dev.bellhop.ingress.telemetry.IngressMetrics;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Gives each delivery its answer, counts it, and writes one line about it. */
@Singleton
final class Receipts {

    private static final Logger LOG = Logger.getLogger(Receipts.class);
    private static final String NO_SOURCE = "unknown";
    private static final int NANOS = 1_000_000;
    private static final int LONGEST_PATH = 256;
    /** How long we listen to a sender whom we have refused, so that it can read our answer before the connection ends. */
    private static final long LINGER_MILLIS = 1000;

    private final Vertx vertx;
    private final IngressMetrics metrics;

    Receipts(Vertx vertx, IngressMetrics metrics) {
        this.vertx = vertx;
        this.metrics = metrics;
    }

    void answer(RoutingContext context, Source source, Receipt receipt, long start) {
        long nanos = System.nanoTime() - start;
        if (receipt instanceof Receipt.Refused refused) {
            count(source, refused.reason());
            log(context, source.name(), "refused", refused.reason().code(), "", nanos);
            if (!context.response().closed()) {
                if (Problems.isUnauthentic(refused.reason())) {
                    context.response()
                            .putHeader("WWW-Authenticate", source.scheme().proofWanted());
                }
                refuse(context, source, refused.reason());
            }
        } else if (receipt instanceof Receipt.Answered answered) {
            log(context, source.name(), "answered", "none", "", nanos);
            if (!context.response().closed()) {
                Challenges.answer(context.response(), answered.reply());
            }
        } else if (receipt instanceof Receipt.Accepted accepted) {
            metrics.accepted(source, nanos);
            log(context, source.name(), "accepted", "none", ids(accepted.events()), nanos);
            if (!context.response().closed()) {
                // 202 says that something is stored; of what holds nothing a strict provider wants to hear 200.
                boolean isProbe =
                        source.scheme().answersBare() && accepted.events().isEmpty();
                context.response().setStatusCode(isProbe ? 200 : 202).end();
            }
        }
    }

    /** Answers before the body is there, listens a little longer without keeping anything, and hangs up. */
    void refuseUnread(RoutingContext context, @Nullable Source source, Reason reason) {
        HttpServerRequest request = context.request();
        count(source, reason);
        log(context, source == null ? NO_SOURCE : source.name(), "refused", reason.code(), "", 0);
        boolean ended = request.isEnded();
        if (!ended && request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        refuse(context, source, reason);
        if (!ended) {
            long timer = vertx.setTimer(LINGER_MILLIS, ignored -> hangUp(request));
            request.exceptionHandler(ignored -> vertx.cancelTimer(timer));
            request.handler(ignored -> {});
            request.endHandler(ignored -> {
                vertx.cancelTimer(timer);
                hangUp(request);
            });
            request.resume();
        }
    }

    private static void refuse(RoutingContext context, @Nullable Source source, Reason reason) {
        if (source != null && source.scheme().answersBare()) {
            Problems.answerBare(context.response(), reason);
        } else {
            Problems.answer(context.response(), reason, path(context));
        }
    }

    /** Something that nobody expected. */
    void fail(RoutingContext context) {
        LOG.error("a webhook could not be handled", context.failure());
        if (!context.response().ended()) {
            Problems.answer(context.response(), Problems.INTERNAL, path(context));
        }
    }

    private void count(@Nullable Source source, Reason reason) {
        if (source == null) {
            metrics.refused(reason);
        } else {
            metrics.refused(source, reason);
        }
    }

    private static void log(
            RoutingContext context, String source, String outcome, String reason, String eventIds, long nanos) {
        if (LOG.isInfoEnabled()) {
            // put together by hand: a format would cost more than the rest of the line
            LOG.info("webhook " + outcome + " source=" + source + " reason=" + reason + " eventId="
                    + printable(eventIds) + " requestId="
                    + context.response().headers().get(RequestIds.HEADER) + " durationMs=" + nanos / NANOS);
        }
    }

    private static String ids(List<Event> events) {
        if (events.isEmpty()) {
            return "";
        }
        return events.size() == 1 ? events.get(0).id() : events.get(0).id() + "+" + (events.size() - 1);
    }

    /** A sender's text must not look like a line of ours. */
    private static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 127) {
                return text.replaceAll("[^!-~]", "?");
            }
        }
        return text;
    }

    private static void hangUp(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }

    /** Without the query, which may hold a secret. */
    private static String path(RoutingContext context) {
        String path = String.valueOf(context.request().path());
        return path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path;
    }
}
