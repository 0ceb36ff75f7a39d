package dev.bellhop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @ParameterizedTest
    @CsvSource({
        "payment-event, payment-event.minimal, dev.bellhop.contract.PaymentEvent",
        "payment-event, payment-event.success, dev.bellhop.contract.PaymentEvent",
        "payment-event, payment-event.refund, dev.bellhop.contract.PaymentEvent",
        "order-event, order-event.paid, dev.bellhop.contract.OrderEvent",
    })
    void a_golden_sample_fits_its_schema_and_survives_its_record(String schema, String sample, Class<?> record)
            throws IOException {
        // Given
        String golden = resource("/samples/" + sample + ".json");

        // When
        String written = JSON.writeValueAsString(JSON.readValue(golden, record));

        // Then
        assertThat(written).isEqualTo(golden);
        assertThat(schema(schema).validate(golden, InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"event\":\"payment_success\"}",
                "{\"event\":\"paid\",\"orderId\":\"1\"}",
                "{\"event\":\"payment_success\",\"orderId\":\"\"}",
                "{\"event\":\"payment_success\",\"orderId\":\"1\",\"amount\":-1}",
                "{\"event\":\"payment_success\",\"orderId\":\"1\",\"amount\":9.99}",
            })
    void a_payment_event_that_says_too_little_or_nonsense_breaks_the_schema(String body) throws IOException {
        assertThat(schema("payment-event").validate(body, InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void a_provider_may_add_fields() throws IOException {
        // Given
        String body = "{\"event\":\"payment_failed\",\"orderId\":\"7\",\"color\":\"red\"}";

        // When
        PaymentEvent event =
                new ObjectMapper().registerModule(new JavaTimeModule()).readValue(body, PaymentEvent.class);

        // Then
        assertThat(event.orderId()).isEqualTo("7");
        assertThat(schema("payment-event").validate(body, InputFormat.JSON)).isEmpty();
    }

    private static JsonSchema schema(String name) throws IOException {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(resource("/schema/" + name + ".v1.schema.json"));
    }

    private static String resource(String path) throws IOException {
        try (InputStream in = Objects.requireNonNull(ContractTest.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
