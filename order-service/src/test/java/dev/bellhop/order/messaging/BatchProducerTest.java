package dev.bellhop.order.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.contract.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class BatchProducerTest {

    @Test
    void a_broker_that_was_never_there_costs_one_wait_and_not_one_for_each_record() throws IOException {
        BatchProducer producer = new BatchProducer(Map.of("bootstrap.servers", "127.0.0.1:" + closedPort()));
        List<ProducerRecord<String, byte[]>> many =
                Collections.nCopies(1_000, new ProducerRecord<>(Topics.ORDERS, "an order", new byte[1]));
        long start = System.nanoTime();

        assertThatThrownBy(() -> producer.send(many).await().atMost(Duration.ofMinutes(1)))
                .isInstanceOf(TimeoutException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        producer.close();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
