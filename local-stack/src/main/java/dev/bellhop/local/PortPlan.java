package dev.bellhop.local;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** On which loopback port everything listens. */
public record PortPlan(
        Map<Service, Integer> http, Map<Service, Integer> management, int kafka, int kafkaController, int postgres) {

    private static final int MANAGEMENT_OFFSET = 1000;

    public PortPlan {
        http = Map.copyOf(http);
        management = Map.copyOf(management);
    }

    /** Where {@code service} serves its API. */
    public int httpPort(Service service) {
        return Objects.requireNonNull(http.get(service));
    }

    /** Where {@code service} tells its health and its metrics. */
    public int managementPort(Service service) {
        return Objects.requireNonNull(management.get(service));
    }

    /** The standard ports; a free one wherever a standard one is taken. */
    public static PortPlan standard() {
        Set<Integer> used = new HashSet<>();
        return of(8080, 9092, 9093, 5432, port -> freeInsteadOf(port, used));
    }

    /** Exactly {@code first} and the ones that follow from it; a taken one is a {@link StartFailure}. */
    public static PortPlan from(int first) {
        return of(first, first + 3, first + 4, first + 5, PortPlan::freeOrFail);
    }

    /** Free ports that nobody chose. */
    public static PortPlan free() {
        Set<Integer> used = new HashSet<>();
        return of(8080, 9092, 9093, 5432, port -> anyFree(used));
    }

    private interface Choice {
        int of(int wanted);
    }

    private static PortPlan of(int first, int kafka, int controller, int postgres, Choice choice) {
        Map<Service, Integer> http = new EnumMap<>(Service.class);
        Map<Service, Integer> management = new EnumMap<>(Service.class);
        for (int i = 0; i < Service.BY_PORT.size(); i++) {
            http.put(Service.BY_PORT.get(i), choice.of(first + i));
            management.put(Service.BY_PORT.get(i), choice.of(first + i + MANAGEMENT_OFFSET));
        }
        return new PortPlan(http, management, choice.of(kafka), choice.of(controller), choice.of(postgres));
    }

    private static int freeInsteadOf(int wanted, Set<Integer> used) {
        return Ports.isFree(wanted) && used.add(wanted) ? wanted : anyFree(used);
    }

    private static int anyFree(Set<Integer> used) {
        List<Integer> refused = new ArrayList<>();
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = Ports.free();
            if (used.add(port)) {
                return port;
            }
            refused.add(port);
        }
        throw new StartFailure("No free port was found on the loopback interface; tried " + refused);
    }

    private static int freeOrFail(int port) {
        if (port < 1 || port > 65535) {
            throw new StartFailure("Port " + port + " does not exist; choose another --ports-from");
        }
        if (!Ports.isFree(port)) {
            throw new StartFailure("Port " + port + " is taken; choose another --ports-from, or leave the flag out");
        }
        return port;
    }
}
