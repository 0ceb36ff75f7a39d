package dev.bellhop.ingress.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** {@code kafka.*} as far as the ingress knows it. */
@ConfigMapping(prefix = "webhooks.kafka")
interface KafkaConfig {

    /** Within this a send is acknowledged or has failed: the time that a provider waits for a 503, less some. */
    @WithDefault("1500MS")
    Duration deliveryTimeout();

    /** One try of it. */
    @WithDefault("1200MS")
    Duration requestTimeout();

    /**
     * How long to wait for company in a batch. Without company each delivery costs a request to the broker, a third of what
     * it costs in all; Kafka's own default of 5 ms costs two thirds of the throughput.
     */
    @WithDefault("1MS")
    Duration linger();

    @WithName("batch-bytes")
    @WithDefault("131072")
    int batchBytes();

    /** What may wait for the broker; beyond it a send fails at once. */
    @WithName("buffer-bytes")
    @WithDefault("67108864")
    long bufferBytes();
}
