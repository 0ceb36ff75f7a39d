package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.json;
import static dev.bellhop.gateway.Client.newPayment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.bellhop.gateway.app.SettlePayments;
import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cards whose answer is awaited, where several instances look for what came due. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class SettlementIT {

    private static final String DECLINED_LATER = "4000000000003253";
    private static final String PAID_LATER = "4000000000003220";

    @Inject
    SettlePayments settlePayments;

    @AfterEach
    void realTime() {
        Client.realTime();
    }

    @Test
    void a_payment_is_not_given_up_because_two_settle_it_at_once() {
        // Given
        List<String> declined = IntStream.range(0, 20)
                .mapToObj(number -> confirmed(newPayment("declined later " + number, 5), DECLINED_LATER))
                .toList();
        List<String> authorized = IntStream.range(0, 20)
                .mapToObj(number -> confirmed(manual("authorized later " + number), PAID_LATER))
                .toList();
        json(TestKeys.OPERATOR, "{\"now\":\"" + Client.now().plusSeconds(360) + "\"}")
                .put("/simulator/clock")
                .then()
                .statusCode(200);

        // When
        Uni.join()
                .all(settlePayments.run(), settlePayments.run(), settlePayments.run())
                .andFailFast()
                .await()
                .atMost(Duration.ofSeconds(30));

        // Then
        assertThat(declined).extracting(SettlementIT::status).containsOnly("Failed");
        assertThat(authorized).extracting(SettlementIT::status).containsOnly("Authorized");
    }

    private static String confirmed(String paymentId, String card) {
        Client.confirm(paymentId, card).statusCode(200).body("status", equalTo("Pending"));
        return paymentId;
    }

    private static String manual(String orderId) {
        return json(
                        TestKeys.ALICE,
                        "{\"orderId\":\"" + orderId + "\",\"amount\":5,\"currency\":\"USD\",\"capture\":\"manual\"}")
                .post("/payments")
                .then()
                .statusCode(201)
                .extract()
                .path("paymentId");
    }

    private static String status(String paymentId) {
        return Client.payment(paymentId).getString("status");
    }
}
