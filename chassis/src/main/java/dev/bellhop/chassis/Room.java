package dev.bellhop.chassis;

import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * For requests that are let in and not answered yet: so many, and so many bytes of bodies. What a body may bring counts from
 * the first, or a crowd would be let in before it sends. One that is small is welcome as long as there is room for a request:
 * so who sends large ones, and slowly, keeps out large ones alone. Not every client that hangs up is heard of: those are
 * looked for when there is no room. See ADR 0013.
 */
final class Room {

    private static final int SMALL = 4 * 1024;
    private static final int MILLIS_BETWEEN_LOOKS = 100;

    private final int mostGuests;
    private final long mostBytes;
    private final InstantSource clock;
    private final Set<Guest> guests = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong lastLook = new AtomicLong();

    Room(int mostGuests, long mostBytes, InstantSource clock) {
        this.mostGuests = mostGuests;
        this.mostBytes = mostBytes;
        this.clock = clock;
    }

    /** One who is in. */
    record Guest(long size, BooleanSupplier isGone) {}

    /** With a body of that size; null if there is no room. */
    @Nullable
    Guest enter(long size, BooleanSupplier isGone) {
        if (!isRoomFor(size)) {
            look();
        }
        if (!isRoomFor(size)) {
            return null;
        }
        Guest guest = new Guest(size, isGone);
        guests.add(guest);
        count.incrementAndGet();
        bytes.addAndGet(size);
        return guest;
    }

    /** Whoever left already does no harm. */
    void leave(Guest guest) {
        if (guests.remove(guest)) {
            count.decrementAndGet();
            bytes.addAndGet(-guest.size());
        }
    }

    private boolean isRoomFor(long size) {
        return count.get() < mostGuests && (size <= SMALL || bytes.get() + size <= mostBytes);
    }

    private void look() {
        long last = lastLook.get();
        long now = clock.millis();
        if (Math.abs(now - last) >= MILLIS_BETWEEN_LOOKS && lastLook.compareAndSet(last, now)) {
            guests.stream().filter(guest -> guest.isGone().getAsBoolean()).forEach(this::leave);
        }
    }
}
