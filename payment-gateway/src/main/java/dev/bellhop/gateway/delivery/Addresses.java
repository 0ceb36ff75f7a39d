package dev.bellhop.gateway.delivery;

import dev.bellhop.gateway.app.DeliveryConfig;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** From a host's name to an address that a webhook may go to. */
@Singleton
final class Addresses {

    private final Lookup lookup;
    private final boolean anyAddress;

    @Inject
    Addresses(DeliveryConfig config) {
        this(InetAddress::getAllByName, config.allowPrivateAddresses());
    }

    Addresses(Lookup lookup, boolean anyAddress) {
        this.lookup = lookup;
        this.anyAddress = anyAddress;
    }

    /**
     * One address of the host. The connection must go to exactly this address: a name may mean another one a moment
     * later. One address that is not public spoils the whole name, because nobody honest mixes them.
     */
    Uni<InetAddress> vetted(String host) {
        if (isLiteral(host)) {
            return Uni.createFrom().item(() -> vet(host));
        }
        // A name may take seconds to look up: not on an event loop.
        return Uni.createFrom().item(() -> vet(host)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static boolean isLiteral(String host) {
        return host.startsWith("[") || host.matches("[0-9.]+");
    }

    private InetAddress vet(String host) {
        try {
            InetAddress[] all = lookup.of(host);
            for (InetAddress address : all) {
                if (!anyAddress && !AddressGuard.isPublic(address)) {
                    throw new Unreachable("address not allowed");
                }
            }
            return all[0];
        } catch (UnknownHostException e) {
            throw new Unreachable("host unknown", e);
        }
    }

    /** How names become addresses. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** There is no address to send to. */
    static final class Unreachable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unreachable(String reason) {
            super(reason);
        }

        Unreachable(String reason, UnknownHostException cause) {
            super(reason, cause);
        }
    }
}
