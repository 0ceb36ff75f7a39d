package dev.bellhop.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;

/**
 * A single-node Kafka (KRaft, broker and controller in one) on the loopback interface, as a process of its own.
 * Its data survive a stop and a kill. Runs until SIGTERM, or until its standard input ends.
 */
final class KafkaBroker {

    /** Constant, so that kept data are recognised at the next start. */
    private static final String CLUSTER_ID = "bGhvcGxvY2Fsc3RhY2swMA";

    private KafkaBroker() {}

    /** Arguments: data folder, client port, controller port, topics to create if they are missing. */
    @SuppressWarnings("SystemOut") // the line is how the parent learns that we are ready
    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        Properties settings = settings(data, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        format(data, settings);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.shutdown();
            stopped.countDown();
        }));
        server.startup();
        try {
            create(List.of(args).subList(3, args.length), Integer.parseInt(args[1]));
        } catch (ExecutionException e) {
            LocalProcess.fail(new StartFailure("Kafka did not create its topics: " + e.getCause(), e));
        }
        System.out.println(LocalProcess.READY);
        LocalProcess.exitWithParent();
        stopped.await();
    }

    private static void format(Path data, Properties settings) throws IOException {
        Files.createDirectories(data);
        Path file = data.resolve("server.properties");
        try (var out = Files.newBufferedWriter(file)) {
            settings.store(out, "written at each start");
        }
        String[] command = {"format", "-t", CLUSTER_ID, "-c", file.toString(), "--ignore-formatted"};
        if (StorageTool.execute(command, new PrintStream(System.err, true, StandardCharsets.UTF_8)) != 0) {
            throw new IOException("kafka storage could not be formatted in " + data);
        }
    }

    private static void create(List<String> topics, int port) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            List<NewTopic> wanted = topics.stream()
                    .map(topic -> new NewTopic(topic, Optional.empty(), Optional.empty()))
                    .toList();
            for (KafkaFuture<Void> created : admin.createTopics(wanted).values().values()) {
                create(created);
            }
        }
    }

    /** It may be there from an earlier start, or from a first try whose answer came too late for a busy machine. */
    private static void create(KafkaFuture<Void> created) throws InterruptedException, ExecutionException {
        try {
            created.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static Properties settings(Path data, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
                "controller.listener.names", "CONTROLLER",
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", data.resolve("log").toString(),
                "num.partitions", "4",
                "group.initial.rebalance.delay.ms", "0"));
        // One node holds every internal topic.
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.put(topic + ".replication.factor", "1");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        // A provider may send 25 MB (GitHub), plus headers.
        settings.put("message.max.bytes", "33554432");
        settings.put("replica.fetch.max.bytes", "33554432");
        // Restart on kept data in 2 to 3 s instead of 12 to 16 s.
        settings.put("controlled.shutdown.enable", "true");
        settings.put("broker.session.timeout.ms", "1000");
        settings.put("broker.heartbeat.interval.ms", "250");
        return settings;
    }
}
