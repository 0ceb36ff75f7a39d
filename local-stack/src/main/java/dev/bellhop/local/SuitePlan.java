package dev.bellhop.local;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What to start and how.
 *
 * @param folder everything that is kept goes below it
 * @param services which of the services; Kafka and PostgreSQL come along if one of these needs them
 * @param settings properties for every service, stronger than the launcher's own
 * @param webhookPort where the provider sends its webhooks: the ingress' port, or that of somebody who passes them on
 * @param shortLife whether what a JVM does for a long life is left out
 * @param programs runnable jars to start instead of what the build left in a service's module
 */
public record SuitePlan(
        Path folder,
        PortPlan ports,
        Set<Service> services,
        String settings,
        int webhookPort,
        boolean shortLife,
        Map<Service, Path> programs) {

    /** As in containers/jvm.options. */
    private static final List<String> SERVICE = List.of(
            "-Xmx512m",
            "-XX:+UseParallelGC",
            "-XX:NewRatio=1",
            "-XX:MetaspaceSize=160m",
            "-XX:+ExitOnOutOfMemoryError");

    /** What a record leaves behind is garbage at once: a small young generation would stop the broker several times a second. */
    private static final List<String> BROKER =
            List.of("-Xms384m", "-Xmn256m", "-Xmx512m", "-XX:MetaspaceSize=160m", "-XX:+UseSerialGC");

    private static final String NO_SECOND_COMPILER = "-XX:TieredStopAtLevel=1";

    public SuitePlan {
        services = Set.copyOf(services);
        programs = Map.copyOf(programs);
    }

    /** Everything. */
    public static SuitePlan of(Path folder, PortPlan ports) {
        return new SuitePlan(
                folder,
                ports,
                EnumSet.allOf(Service.class),
                "",
                ports.httpPort(Service.WEBHOOK_INGRESS),
                false,
                Map.of());
    }

    public SuitePlan only(Set<Service> some) {
        return new SuitePlan(folder, ports, some, settings, webhookPort, shortLife, programs);
    }

    public SuitePlan with(String moreSettings) {
        return new SuitePlan(folder, ports, services, moreSettings, webhookPort, shortLife, programs);
    }

    public SuitePlan webhooksTo(int port) {
        return new SuitePlan(folder, ports, services, settings, port, shortLife, programs);
    }

    /** With other programs in the place of the services'. */
    public SuitePlan starting(Map<Service, Path> others) {
        return new SuitePlan(folder, ports, services, settings, webhookPort, shortLife, others);
    }

    /** For a short life: what the JVM would do for a long one costs more than it gives. */
    public SuitePlan quickToStart() {
        return new SuitePlan(folder, ports, services, settings, webhookPort, true, programs);
    }

    List<String> serviceOptions() {
        return options(SERVICE, shortLife);
    }

    List<String> brokerOptions() {
        return brokerOptions(shortLife);
    }

    static List<String> brokerOptions(boolean shortLife) {
        return options(BROKER, shortLife);
    }

    private static List<String> options(List<String> usual, boolean shortLife) {
        return shortLife
                ? Stream.concat(usual.stream(), Stream.of(NO_SECOND_COMPILER)).toList()
                : usual;
    }

    public boolean needsKafka() {
        return services.contains(Service.ORDER_SERVICE) || services.contains(Service.WEBHOOK_INGRESS);
    }

    public boolean needsPostgres() {
        return services.contains(Service.ORDER_SERVICE) || services.contains(Service.PAYMENT_GATEWAY);
    }

    /** The database to show: that of the orders, unless only the gateway's is used. */
    public String database() {
        return services.contains(Service.ORDER_SERVICE) ? "orders" : "gateway";
    }
}
