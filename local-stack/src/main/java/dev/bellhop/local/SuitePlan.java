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
 * @param javaOptions for every service
 * @param programs runnable jars to start instead of what the build left in a service's module
 */
public record SuitePlan(
        Path folder,
        PortPlan ports,
        Set<Service> services,
        String settings,
        int webhookPort,
        List<String> javaOptions,
        Map<Service, Path> programs) {

    private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");

    public SuitePlan {
        services = Set.copyOf(services);
        javaOptions = List.copyOf(javaOptions);
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
                OPTIONS,
                Map.of());
    }

    public SuitePlan only(Set<Service> some) {
        return new SuitePlan(folder, ports, some, settings, webhookPort, javaOptions, programs);
    }

    public SuitePlan with(String moreSettings) {
        return new SuitePlan(folder, ports, services, moreSettings, webhookPort, javaOptions, programs);
    }

    public SuitePlan webhooksTo(int port) {
        return new SuitePlan(folder, ports, services, settings, port, javaOptions, programs);
    }

    /** With other programs in the place of the services'. */
    public SuitePlan starting(Map<Service, Path> others) {
        return new SuitePlan(folder, ports, services, settings, webhookPort, javaOptions, others);
    }

    /** For a short life: what the JVM would do for a long one costs more than it gives. */
    public SuitePlan quickToStart() {
        List<String> options = Stream.concat(javaOptions.stream(), Stream.of("-XX:TieredStopAtLevel=1"))
                .toList();
        return new SuitePlan(folder, ports, services, settings, webhookPort, options, programs);
    }

    public boolean needsKafka() {
        return services.contains(Service.ORDER_SERVICE) || services.contains(Service.WEBHOOK_INGRESS);
    }

    public boolean needsPostgres() {
        return services.contains(Service.ORDER_SERVICE) || services.contains(Service.PAYMENT_GATEWAY);
    }
}
