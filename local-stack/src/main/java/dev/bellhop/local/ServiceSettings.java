package dev.bellhop.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What the launcher tells each service: a properties file in the folder where the service starts. */
final class ServiceSettings {

    private final SuitePlan plan;
    private final LocalStack stack;
    private final Secrets secrets;

    ServiceSettings(SuitePlan plan, LocalStack stack, Secrets secrets) {
        this.plan = plan;
        this.stack = stack;
        this.secrets = secrets;
    }

    /** Writes {@code SERVICE/config/application.properties}, which Quarkus reads by itself. */
    void write(Service service) throws IOException {
        Path folder = plan.folder().resolve(service.folder()).resolve("config");
        Files.createDirectories(folder);
        String own = of(service).entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining());
        PrivateFiles.write(
                folder.resolve("application.properties"),
                "# Written by ./bellhop at each start.\n" + own + "# Yours (--config):\n" + plan.settings());
    }

    private Map<String, String> of(Service service) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", String.valueOf(plan.ports().httpPort(service)));
        settings.put("quarkus.management.host", "127.0.0.1");
        settings.put("quarkus.management.port", String.valueOf(plan.ports().managementPort(service)));
        settings.putAll(
                switch (service) {
                    case ORDER_SERVICE -> orderService();
                    case PAYMENT_GATEWAY -> paymentGateway();
                    case WEBHOOK_INGRESS -> webhookIngress();
                });
        return settings;
    }

    private Map<String, String> orderService() {
        Map<String, String> settings = database("orders");
        settings.put("kafka.bootstrap.servers", stack.bootstrapServers());
        settings.put("quarkus.swagger-ui.enabled", "true");
        settings.put("orders.keys-file", secrets.keysFile(Service.ORDER_SERVICE).toString());
        settings.put("orders.provider.url", url(Service.PAYMENT_GATEWAY));
        settings.put("orders.provider.key-file", secrets.gatewayKeyFile().toString());
        return settings;
    }

    private Map<String, String> paymentGateway() {
        Map<String, String> settings = database("gateway");
        settings.put("quarkus.swagger-ui.enabled", "true");
        settings.put(
                "gateway.keys-file", secrets.keysFile(Service.PAYMENT_GATEWAY).toString());
        settings.put("gateway.public-url", url(Service.PAYMENT_GATEWAY));
        settings.put("gateway.delivery.allow-private-addresses", "true");
        return settings;
    }

    private Map<String, String> webhookIngress() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kafka.bootstrap.servers", stack.bootstrapServers());
        settings.put(
                "webhooks.keys-file", secrets.keysFile(Service.WEBHOOK_INGRESS).toString());
        settings.put("webhooks.sources.payments.scheme", "standard-webhooks");
        settings.put(
                "webhooks.sources.payments.secret-file",
                secrets.webhookSecretFile().toString());
        // For people; a program of another version may not know what the newest of them needs.
        if (!plan.programs().containsKey(Service.WEBHOOK_INGRESS)) {
            for (SampleSource source : SampleSource.ALL) {
                sample(settings, source);
            }
        }
        return settings;
    }

    private void sample(Map<String, String> settings, SampleSource source) throws IOException {
        String prefix = "webhooks.sources." + source.name() + ".";
        settings.put(prefix + "scheme", source.scheme());
        settings.put(prefix + "secret-file", secrets.secretFile(source).toString());
        settings.put(prefix + "topic", SampleSource.TOPIC);
        if (source.signsUrl()) {
            settings.put(prefix + "public-url", url(Service.WEBHOOK_INGRESS) + "/webhooks/" + source.name());
        }
        secrets.options(source).forEach((name, value) -> settings.put(prefix + "options." + name, value));
    }

    private Map<String, String> database(String name) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.datasource.username", "postgres");
        settings.put("quarkus.datasource.password", "");
        settings.put("quarkus.datasource.jdbc.url", stack.jdbcUrl(name));
        settings.put("quarkus.datasource.reactive.url", stack.postgresUrl(name));
        return settings;
    }

    private String url(Service service) {
        return "http://127.0.0.1:" + plan.ports().httpPort(service);
    }
}
