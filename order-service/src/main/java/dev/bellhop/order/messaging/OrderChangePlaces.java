package dev.bellhop.order.messaging;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Where this instance's {@link OrderChangeListener} goes on when it is dealt its partitions again, after it froze or the
 * broker was away: its group commits nothing, and would begin behind whatever came meanwhile.
 */
@Singleton
@Identifier(OrderChangePlaces.NAME)
final class OrderChangePlaces implements KafkaConsumerRebalanceListener {

    static final String NAME = "order-changes";

    /** The broker has just answered; this is for one that goes right then. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();

    void heard(ConsumerRecords<?, ?> changes) {
        for (TopicPartition partition : changes.partitions()) {
            List<? extends ConsumerRecord<?, ?>> all = changes.records(partition);
            next.put(partition, all.get(all.size() - 1).offset() + 1);
        }
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Long place = next.get(partition);
            if (place == null) {
                begin(consumer, partition);
            } else {
                consumer.seek(partition, place);
            }
        }
    }

    /** At the newest, for the first time. */
    private void begin(Consumer<?, ?> consumer, TopicPartition partition) {
        try {
            next.put(partition, consumer.position(partition, PATIENCE));
        } catch (TimeoutException e) {
            // It begins at the newest then; until its first record comes, only the next beat knows what it missed.
        }
    }
}
