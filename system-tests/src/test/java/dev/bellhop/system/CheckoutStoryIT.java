package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A customer at the provider's page, in a real browser. */
class CheckoutStoryIT {

    private static final Path PICTURE =
            Path.of("..", "docs", "checkout.png").toAbsolutePath().normalize();

    @Test
    void a_customer_is_declined_tries_again_and_pays() {
        assumeTrue(
                Browser.isInstalled(),
                "no chromium with chromedriver on the PATH: apt-get install chromium chromium-driver");
        Suite suite = RunningSuite.get();
        Shop shop = new Shop(suite);
        String order = shop.placesAnOrder();
        String payment = shop.asksForAPayment(order);
        try (Browser browser = Browser.at(suite.url(Service.PAYMENT_GATEWAY))) {
            // Given
            browser.opens("/checkout/" + payment);
            browser.isAccessible();
            browser.showsItsEdges();
            browser.prefers("dark");
            browser.isAccessible();
            browser.showsItsEdges();
            browser.prefers("light");
            browser.isAsWideAs(Browser.PHONE);
            browser.fits(Browser.PHONE);
            if (System.getProperty("console.screenshots") != null) {
                browser.isPictured(PICTURE);
            }

            // When
            browser.presses("Decline");
            browser.shows("The payment was declined");
            browser.presses("Pay 9.99 USD");

            // Then
            browser.shows("Paid. Thank you.");
            assertThat(browser.path()).isEqualTo("/checkout/" + payment);
            browser.isAccessible();
            browser.complainsOfNothing();
        }
        shop.sees(order, "Paid");
        assertThat(shop.historyOf(order)).containsExactly("Pending", "PaymentFailed", "Paid");
    }
}
