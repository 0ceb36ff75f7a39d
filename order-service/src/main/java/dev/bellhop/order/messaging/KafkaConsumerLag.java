package dev.bellhop.order.messaging;

import dev.bellhop.order.app.ConsumerLag;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Asks the broker. Its client is made when somebody first wants to know. */
@Singleton
final class KafkaConsumerLag implements ConsumerLag {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Map<String, Object> broker;
    private final String group;
    private @Nullable Admin admin;

    KafkaConsumerLag(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            @ConfigProperty(name = "mp.messaging.incoming.payments.group.id") String group) {
        this.broker = broker;
        this.group = group;
    }

    @Override
    public Uni<OptionalLong> records() {
        return Uni.createFrom()
                .item(this::client)
                // To make it is to look up the broker's name, which may take seconds.
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(this::ask)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithItem(OptionalLong.empty());
    }

    private Uni<OptionalLong> ask(Admin client) {
        return Uni.createFrom()
                .completionStage(() -> client.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .toCompletionStage())
                .chain(applied -> Uni.createFrom()
                        .completionStage(() -> client.listOffsets(applied.keySet().stream()
                                        .collect(Collectors.toMap(partition -> partition, any -> OffsetSpec.latest())))
                                .all()
                                .toCompletionStage())
                        .map(ends -> OptionalLong.of(behind(applied, ends))));
    }

    private static long behind(
            Map<TopicPartition, OffsetAndMetadata> applied, Map<TopicPartition, ListOffsetsResultInfo> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    OffsetAndMetadata offset = applied.get(end.getKey());
                    return offset == null ? 0 : Math.max(0, end.getValue().offset() - offset.offset());
                })
                .sum();
    }

    private synchronized Admin client() {
        Admin known = admin;
        if (known == null) {
            Map<String, Object> settings = new HashMap<>(broker);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
            known = Admin.create(settings);
            admin = known;
        }
        return known;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
