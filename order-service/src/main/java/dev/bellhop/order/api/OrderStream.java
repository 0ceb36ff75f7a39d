package dev.bellhop.order.api;

import dev.bellhop.order.app.OrderFeed;
import dev.bellhop.order.app.OrderFeed.News;
import dev.bellhop.order.app.OrderFeed.Watcher;
import dev.bellhop.order.domain.Actor;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One client's view of one order: at most {@link OrderFeed#MOST} changes wait for a slow client; then the oldest make room, so
 * that memory is bounded and the newest state always arrives. What is not newer than what was sent is not sent. Ends
 * after a final state, and when it is told that nothing follows; not before it has begun.
 */
final class OrderStream implements Watcher, Flow.Subscription {

    /** What a client gets: news, or (null) a sign of life. */
    record Signal(@Nullable News news) {}

    private static final Signal BEAT = new Signal(null);

    private final Flow.Subscriber<? super Signal> client;
    private final String bearer;
    private final Actor actor;
    private final Runnable left;
    private final Deque<News> waiting = new ArrayDeque<>();
    /** What was heard before the beginning was known; null since then. */
    private @Nullable Deque<News> early = new ArrayDeque<>();

    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private long sent;
    private long wanted;
    private boolean beat;
    private boolean ending;
    private boolean gone;

    /**
     * Starts with a {@link #begin}.
     *
     * @param bearer the key or token that the client came with
     * @param actor whose that is
     * @param known the version that the client has
     * @param left called once, when the client is gone or has everything
     */
    OrderStream(Flow.Subscriber<? super Signal> client, String bearer, Actor actor, long known, Runnable left) {
        this.client = client;
        this.bearer = bearer;
        this.actor = actor;
        this.sent = known;
        this.left = left;
    }

    /** What comes first; what was heard meanwhile follows. */
    void begin(Collection<News> first) {
        synchronized (this) {
            Deque<News> heard = early == null ? new ArrayDeque<>() : early;
            early = null;
            first.forEach(this::add);
            heard.forEach(this::add);
        }
        drain();
    }

    /** The beginning could not be read. */
    void fail(Throwable failure) {
        if (over.compareAndSet(false, true)) {
            left.run();
            client.onError(failure);
        }
    }

    @Override
    public void changed(News news) {
        synchronized (this) {
            if (early != null) {
                bounded(early, news);
            } else if (!gone) {
                add(news);
            }
        }
        drain();
    }

    /** Before the beginning is known, the version that the client has: what comes between must not be missing behind it. */
    @Override
    public synchronized long heard() {
        News last = waiting.peekLast();
        return Math.max(sent, last == null ? 0 : last.version());
    }

    @Override
    public String bearer() {
        return bearer;
    }

    @Override
    public Actor actor() {
        return actor;
    }

    private void add(News news) {
        if (!ending && news.version() > heard()) {
            bounded(waiting, news);
            ending = news.status().isFinal();
        }
    }

    private static void bounded(Deque<News> deque, News news) {
        if (deque.size() == OrderFeed.MOST) {
            deque.pollFirst();
        }
        deque.addLast(news);
    }

    @Override
    public void gone() {
        synchronized (this) {
            gone = true;
        }
        drain();
    }

    @Override
    public void beat() {
        synchronized (this) {
            beat = early == null;
        }
        drain();
    }

    @Override
    public void request(long n) {
        synchronized (this) {
            wanted = wanted + n < 0 ? Long.MAX_VALUE : wanted + n;
        }
        drain();
    }

    @Override
    public void cancel() {
        if (over.compareAndSet(false, true)) {
            left.run();
        }
    }

    /** One thread at a time speaks to the client; whoever comes meanwhile gives it another turn. */
    private void drain() {
        if (turns.getAndIncrement() != 0) {
            return;
        }
        int heard = 1;
        while (heard != 0) {
            for (Signal next = next(); next != null && !over.get(); next = next()) {
                client.onNext(next);
            }
            if (isComplete() && over.compareAndSet(false, true)) {
                left.run();
                client.onComplete();
            }
            heard = turns.addAndGet(-heard);
        }
    }

    private synchronized @Nullable Signal next() {
        if (wanted == 0) {
            return null;
        }
        News news = waiting.pollFirst();
        if (news == null && !beat) {
            return null;
        }
        wanted--;
        if (news == null) {
            beat = false;
            return BEAT;
        }
        sent = news.version();
        return new Signal(news);
    }

    private synchronized boolean isComplete() {
        return early == null && (ending || gone) && waiting.isEmpty();
    }
}
