package dev.bellhop.bench;

import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the broker takes from a bare Kafka producer that verifies nothing and answers nobody. */
final class RawProducer {

    private RawProducer() {}

    /** Acknowledged records a second with {@code acks=all}, of which so many are under way at a time. */
    static double rate(Surroundings s, String topic, int underWay, LongFunction<byte[]> body)
            throws InterruptedException {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                s.suite().kafka(),
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                1);
        Semaphore room = new Semaphore(underWay);
        LongAdder acknowledged = new LongAdder();
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            long begin = System.nanoTime();
            long measureFrom = begin + s.warmUp().toNanos();
            long end = measureFrom + s.measured().toNanos();
            for (long n = 0; System.nanoTime() < end; n++) {
                room.acquire();
                var unused = producer.send(
                        new ProducerRecord<>(topic, String.valueOf(n % 10_000), body.apply(n)), (record, failure) -> {
                            room.release();
                            long now = System.nanoTime();
                            if (failure == null && now >= measureFrom && now < end) {
                                acknowledged.increment();
                            }
                        });
            }
        }
        return (double) acknowledged.sum() / (s.measured().toNanos() / 1e9);
    }
}
