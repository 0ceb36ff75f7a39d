package dev.bellhop.order.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.contract.Topics;
import dev.bellhop.order.api.ApiProfile;
import dev.bellhop.order.api.Shop;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class LearningPagesIT {

    private Browsing browser;

    @BeforeEach
    void log_in() {
        browser = Browsing.asOperator();
    }

    @Test
    void reconciliation_tells_whom_it_will_ask_about_and_by_which_rules() {
        String order = Shop.placed();

        assertThat(browser.page("/console/reconciliation"))
                .contains("Will be asked about", "Questions per order at most", "never")
                .containsPattern("orders/[a-z0-9-]+\">");
        assertThat(browser.page("/console/orders/" + order)).contains("OrderPlaced");
        browser.page("/console/reconciliation?before=5");
        browser.page("/console/reconciliation?before=nonsense");
    }

    @Test
    void polling_is_compared_with_what_webhooks_cost() {
        Shop.paid();

        assertThat(browser.page("/console/comparison"))
                .contains("Asking every second", "Asking every 30 seconds", "Webhooks and status calls, as it was");
    }

    @Test
    void what_the_ingress_refused_is_shown_with_its_reason_and_never_run() {
        String reason = "bad_signature_" + Shop.id("r").replace('-', '_');
        for (int n = 0; n < 60; n++) {
            Shop.sent(
                    Topics.REJECTED,
                    "github",
                    "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8),
                    Map.of(
                            "bellhop_reason", reason,
                            "ce_source", "github",
                            "bellhop_scheme", "github",
                            "bellhop_size", "123456",
                            "bellhop_receivedat", "2026-01-01T00:00:00." + String.format("%03d", n) + "Z",
                            "http_user-agent", "\"><script>"));
        }

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        browser.page("/console/rejected"))
                .containsPattern("(?s)" + reason + "</a></th><td>github</td><td class=\"number\">60<"));
        String page = browser.page("/console/rejected?source=github&reason=" + reason);
        assertThat(page)
                .contains(
                        "times in UTC",
                        "123,456 bytes",
                        "&lt;script&gt;alert(1)&lt;/script&gt;",
                        "http_user-agent",
                        "Older")
                .doesNotContain("<script>alert", "\"><script>");
        String older = page.replaceFirst("(?s).*<a href=\"([^\"]+)\" rel=\"next\".*", "$1")
                .replace("&amp;", "&");
        assertThat(browser.page(older)).contains("2026 00:00:00.009").doesNotContain("00:00:00.010", "Older");
        assertThat(browser.page("/console/rejected?reason=nothing&before=nonsense"))
                .contains("Newest first");
    }
}
