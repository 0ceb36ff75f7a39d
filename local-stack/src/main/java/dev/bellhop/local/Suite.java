package dev.bellhop.local;

import dev.bellhop.contract.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The whole suite on this machine, as one program to read: what runs, with which settings, who waits for whom. Each part
 * is a process of its own, so that a test can kill or freeze any of them.
 */
public final class Suite implements AutoCloseable {

    private static final List<String> DATABASES = List.of("orders", "gateway");

    private final SuitePlan plan;
    private final Progress progress;
    private final Secrets secrets;
    private final LocalStack stack;
    private final Map<Service, LocalProcess> services = new EnumMap<>(Service.class);
    private final ExecutorService starters = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "starter");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean stopping;

    /** Nothing is started yet. */
    public Suite(SuitePlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
        try {
            this.secrets = new Secrets(plan.folder().resolve("secrets"), new SecureRandom());
        } catch (IOException e) {
            throw new StartFailure("The keys in " + plan.folder() + " cannot be used: " + e.getMessage(), e);
        }
        PortPlan ports = plan.ports();
        this.stack = new LocalStack(
                plan.folder(),
                ports.kafka(),
                ports.kafkaController(),
                ports.postgres(),
                Topics.ALL,
                DATABASES,
                plan.brokerOptions());
        for (Service service : plan.services()) {
            URI health = management(service).resolve("/q/health/ready");
            Path other = plan.programs().get(service);
            Path jar = other == null ? Build.jar(service) : other;
            services.put(service, LocalProcess.service(service, jar, plan.folder(), health, plan.serviceOptions()));
        }
    }

    /** Starts everything, each part as soon as what it needs is there, and returns when all can be used. */
    public Suite start() {
        try {
            writeSettings();
            CompletableFuture<Void> nobody = CompletableFuture.completedFuture(null);
            CompletableFuture<Void> database = plan.needsPostgres() ? begin(stack.postgres(), nobody) : nobody;
            CompletableFuture<Void> broker = plan.needsKafka() ? begin(stack.kafka(), nobody) : nobody;
            CompletableFuture<Void> gateway = begin(Service.PAYMENT_GATEWAY, database);
            CompletableFuture<Void> ingress = begin(Service.WEBHOOK_INGRESS, nobody);
            CompletableFuture<Void> orders = begin(Service.ORDER_SERVICE, CompletableFuture.allOf(database, broker));
            CompletableFuture<Void> endpoint = gateway.thenRunAsync(this::registerWebhookEndpoint, starters);
            CompletableFuture<Void> product = orders.thenRunAsync(this::seedProduct, starters);
            CompletableFuture.allOf(broker, ingress, endpoint, product).join();
            return this;
        } catch (CompletionException e) {
            close();
            throw e.getCause() instanceof StartFailure failure
                    ? failure
                    : new StartFailure("The suite could not be started: " + e.getCause(), e);
        }
    }

    private void writeSettings() {
        ServiceSettings settings = new ServiceSettings(plan, stack, secrets);
        try {
            for (Service service : plan.services()) {
                settings.write(service);
            }
        } catch (IOException e) {
            throw new StartFailure("The settings in " + plan.folder() + " cannot be written: " + e.getMessage(), e);
        }
    }

    private CompletableFuture<Void> begin(Service service, CompletableFuture<Void> needed) {
        LocalProcess process = services.get(service);
        return process == null ? needed : begin(process, needed);
    }

    private CompletableFuture<Void> begin(LocalProcess process, CompletableFuture<Void> needed) {
        return needed.thenRunAsync(() -> start(process), starters);
    }

    /** Starts one part, at first or again. */
    public void start(LocalProcess process) {
        if (stopping) {
            throw new StartFailure("stopped while starting");
        }
        progress.starting(process.name());
        long begin = System.nanoTime();
        process.start();
        progress.ready(process.name(), Duration.ofNanos(System.nanoTime() - begin));
    }

    private void registerWebhookEndpoint() {
        if (!plan.services().contains(Service.PAYMENT_GATEWAY)
                || !plan.services().contains(Service.WEBHOOK_INGRESS)) {
            return;
        }
        try {
            new WebhookEndpoint(url(Service.PAYMENT_GATEWAY), secrets.gatewayKey(), plan.folder())
                    .pointTo("http://127.0.0.1:" + plan.webhookPort() + "/webhooks/payments", secrets.webhookSecret());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void seedProduct() {
        if (!plan.services().contains(Service.ORDER_SERVICE)) {
            return;
        }
        String product =
                """
                {"productId":"article","name":"The article's order","amount":999,"currency":"USD"}""";
        try {
            Http.Answer answer = Http.call(
                    "PUT", url(Service.ORDER_SERVICE).resolve("/products/article"), secrets.operatorKey(), product);
            if (answer.status() / 100 != 2) {
                throw new StartFailure("The demo product was refused: " + answer.status() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url(Service service) {
        return URI.create("http://127.0.0.1:" + plan.ports().httpPort(service));
    }

    /** Health and metrics. */
    public URI management(Service service) {
        return URI.create("http://127.0.0.1:" + plan.ports().managementPort(service));
    }

    /** The process of a service that is part of the plan. */
    public LocalProcess process(Service service) {
        LocalProcess process = services.get(service);
        if (process == null) {
            throw new IllegalArgumentException(service + " is not part of the plan");
        }
        return process;
    }

    /** The broker and the database. */
    public LocalStack stack() {
        return stack;
    }

    public SuitePlan plan() {
        return plan;
    }

    /** Orders and reads, as owner {@code demo}. */
    public String apiKey() {
        return readable(secrets::apiKey);
    }

    /** Everything at order-service and at the ingress. */
    public String operatorKey() {
        return readable(secrets::operatorKey);
    }

    /** Everything at the payment gateway. */
    public String gatewayKey() {
        return readable(secrets::gatewayKey);
    }

    /** What the provider signs its webhooks with. */
    public String webhookSecret() {
        return readable(secrets::webhookSecret);
    }

    private interface Read {
        String run() throws IOException;
    }

    private static String readable(Read read) {
        try {
            return read.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every process of the plan, in the order in which they are stopped. */
    public List<LocalProcess> processes() {
        List<LocalProcess> all = new ArrayList<>(services.values());
        if (plan.needsKafka()) {
            all.add(stack.kafka());
        }
        if (plan.needsPostgres()) {
            all.add(stack.postgres());
        }
        return all;
    }

    /** Whether {@link #close} was called. */
    public boolean isStopping() {
        return stopping;
    }

    /** Stops everything in order; returns when nothing runs any more. May be called at any time, and twice. */
    @Override
    public synchronized void close() {
        stopping = true;
        for (LocalProcess process : processes()) {
            if (process.isAlive()) {
                progress.stopping(process.name());
            }
            process.stop();
        }
        starters.shutdownNow();
    }
}
