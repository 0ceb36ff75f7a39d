package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** An operator at the console, in a real browser. Pictures of each page: {@code -Dconsole.screenshots}. */
class ConsoleStoryIT {

    private static final Path PICTURES =
            Path.of("..", "docs", "console").toAbsolutePath().normalize();

    /** Sources, types and owners of keys are other people's words. */
    private static final String LONG_WORDS =
            "document.querySelectorAll('.who span, main :is(p, h1, h2, h3, dd, summary)').forEach(text => text.append('x'.repeat(100)))";

    private static @Nullable Browser shared;

    private final Suite suite = RunningSuite.get();
    private final Shop shop = new Shop(suite);
    private final Browser browser = browser();

    private static Browser browser() {
        return Objects.requireNonNull(shared);
    }

    @BeforeAll
    static void log_in() {
        assumeTrue(
                Browser.isInstalled(),
                "no chromium with chromedriver on the PATH: apt-get install chromium chromium-driver");
        Suite suite = RunningSuite.get();
        Browser browser = Browser.at(suite.url(Service.ORDER_SERVICE));
        shared = browser;
        browser.opens("/console/orders?status=Paid");
        browser.isAccessible();
        browser.types("key", suite.operatorKey());
        browser.presses("Log in");
        browser.shows("Order or customer id begins with");
        assertThat(browser.path()).isEqualTo("/console/orders");
    }

    @AfterEach
    void nothing_was_refused_by_the_browser() {
        browser.complainsOfNothing();
    }

    @AfterAll
    static void log_out() {
        Browser browser = shared;
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void an_order_is_found_and_its_story_read() {
        // Given
        String order = paid();

        // When
        browser.opens("/console");
        browser.follows("Orders");
        browser.types("q", order.substring(0, 16));
        browser.presses("Find");
        browser.follows(order);

        // Then
        browser.shows("OrderPlaced", "OrderPaid", "Webhook payment_success", "standard-webhooks");
        browser.clicks("details summary");
        assertThat(browser.sees("details pre")).contains("\"orderId\":\"" + order + "\"");
    }

    @Test
    void a_change_is_seen_without_loading_the_page_again() {
        // Given
        String order = shop.placesAnOrder();
        String payment = shop.asksForAPayment(order);
        browser.opens("/console/orders/" + order);
        browser.runs("window.sameDocument = true");
        browser.types("reason", "half a sent");
        assertThat(browser.sees("#live .badge")).isEqualTo("Pending");

        // When
        shop.customerPays(payment);

        // Then
        Shop.eventually(() -> browser.runs("return document.querySelector('#live .badge').textContent")
                .equals("Paid"));
        assertThat(browser.runs("return window.sameDocument")).isEqualTo(true);
        assertThat(browser.runs("return document.querySelector('#reason').value"))
                .isEqualTo("half a sent");
    }

    @Test
    void what_was_opened_stays_open_while_the_page_renews_itself() {
        // Given
        String order = paid();
        browser.opens("/console/orders/" + order);
        browser.clicks("details summary");

        // When
        shop.ships(order);

        // Then
        Shop.eventually(() -> browser.runs("return document.querySelector('#live .badge').textContent")
                .equals("Shipped"));
        assertThat(browser.sees("details pre")).contains("\"orderId\":\"" + order + "\"");
        assertThat(browser.focused().getTagName()).isEqualTo("summary");
    }

    /** The id of an order may have characters that mean something in a selector. */
    @Test
    void what_is_typed_into_a_review_is_kept_while_the_page_renews_itself() {
        // Given
        String order = inReview(shop.places("order." + UUID.randomUUID() + ":1~a"));
        browser.opens("/console/orders/" + order);
        browser.types("reason", "half a sent");

        // When
        toldOfASmallPayment(order);

        // Then
        Shop.eventually(() -> browser.runs("return document.querySelectorAll('.timeline .event').length")
                .equals(2L));
        assertThat(browser.runs("return document.querySelector('[name=reason]').value"))
                .isEqualTo("half a sent");
    }

    /** Only here: elsewhere the page is closed, and the document is all that clients get. */
    @Test
    void the_api_can_be_tried_on_a_page() {
        browser.opens("/q/swagger-ui/");

        assertThat(browser.sees(".opblock-summary-post .opblock-summary-path")).startsWith("/");
        assertThat(browser.runs("return document.body.innerText").toString()).contains("/orders/{id}/status");
    }

    @Test
    void what_happens_now_renews_itself() {
        browser.opens("/console");
        browser.runs("window.sameDocument = true");
        String before = (String) browser.runs("return document.querySelector('#live time').dateTime");

        Shop.eventually(() -> !before.equals(browser.runs("return document.querySelector('#live time').dateTime")));

        assertThat(browser.runs("return window.sameDocument")).isEqualTo(true);
    }

    /** Or old numbers would pass for new ones. */
    @Test
    void a_page_that_cannot_renew_itself_says_so_until_it_can() {
        // Given
        browser.opens("/console");
        assertThat(browser.text()).doesNotContain("could not be renewed");

        // When
        browser.isOffline(true);
        browser.shows("This page could not be renewed");
        browser.isAccessible();
        browser.isOffline(false);

        // Then
        Shop.eventually(() -> !browser.text().contains("could not be renewed"));
        browser.complainsOnlyOf("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest", "htmx:afterOnLoad");
    }

    @Test
    void the_keyboard_keeps_its_place_while_the_page_renews_itself() {
        browser.opens("/console");
        browser.runs("document.querySelector('#to-letters').focus()");
        String before = (String) browser.runs("return document.querySelector('#live time').dateTime");

        Shop.eventually(() -> !before.equals(browser.runs("return document.querySelector('#live time').dateTime")));

        assertThat(browser.focused().getDomAttribute("href")).isEqualTo("/console/attention#letters");
    }

    @Test
    void the_keyboard_keeps_its_place_when_something_happens_to_the_order() {
        // Given
        String order = paid();
        browser.opens("/console/orders/" + order);
        browser.runs("document.querySelector('.timeline a').focus()");

        // When
        shop.ships(order);

        // Then
        Shop.eventually(() -> browser.runs("return document.querySelector('#live .badge').textContent")
                .equals("Shipped"));
        assertThat(browser.focused().getTagName()).isEqualTo("a");
        assertThat(browser.focused().getDomAttribute("href")).startsWith("/console/events/one");
    }

    @Test
    void the_page_of_a_removed_order_says_so_and_does_not_try_again() {
        // Given
        String order = shop.placesAnOrder();
        browser.opens("/console/orders/" + order);

        // When
        shop.removes(order);

        // Then
        browser.shows("This order was removed");
        browser.isAccessible();
        assertThat(browser.text()).doesNotContain("tries again").contains("OrderPlaced");
    }

    @Test
    void what_was_typed_outlives_the_session() {
        // Given
        String order = shop.placesAnOrder();
        browser.opens("/console/orders/" + order);
        browser.types("reason", "the customer called");

        // When
        browser.losesItsSession();
        browser.shows("Your session has ended");
        browser.isAccessible();
        browser.presses("cancel");
        browser.shows("nothing was done");
        browser.isAccessible();
        browser.complainsOf("401");
        browser.types("key", suite.operatorKey());
        browser.presses("Log in");
        browser.shows("Not sent yet");
        browser.isAccessible();
        browser.presses("Send");

        // Then
        browser.shows("The order was moved.", "the customer called", "Cancelled");
    }

    @Test
    void neither_a_reload_nor_the_way_back_replays_again() {
        String order = paid();
        browser.opens("/console/events/replay?order=" + order);
        browser.types("reason", "drill");
        browser.presses("Replay them");
        browser.shows("Events replayed");

        browser.reloads();
        browser.opens("/console/orders");
        browser.goesBack();

        browser.shows("Events replayed", "drill");
        browser.opens("/console/events?order=" + order);
        browser.clicks("tbody th a");
        browser.shows("Replays");
        assertThat(browser.runs("return document.querySelectorAll('main section:last-of-type tbody tr').length"))
                .isEqualTo(1L);
    }

    @Test
    void an_event_is_replayed() {
        String order = paid();
        browser.opens("/console/events?order=" + order);
        browser.clicks("tbody th a");

        browser.types("reason", "to see what happens");
        browser.presses("Replay");

        browser.shows("The event was applied again", "to see what happens", "operator");
        assertThat(shop.historyOf(order)).containsExactly("Pending", "Paid");
    }

    @Test
    void a_review_is_resolved() {
        String order = inReview();
        browser.opens("/console/attention");
        browser.sees("#r-" + order);

        browser.types("reason", "the customer had a coupon");
        browser.presses("Accept");

        browser.shows("The review is resolved.", "accept: the customer had a coupon");
    }

    @Test
    void the_keyboard_reaches_the_content_at_once() {
        browser.opens("/console/orders");

        browser.focused().sendKeys(Keys.TAB);
        assertThat(browser.focused().getDomAttribute("href")).isEqualTo("#content");
        browser.focused().sendKeys(Keys.ENTER);

        assertThat(browser.focused().getDomAttribute("id")).isEqualTo("content");
    }

    @Test
    void every_page_is_accessible_fits_a_phone_and_is_readable_in_the_dark() {
        Map<String, String> pages = pages();
        boolean pictures = System.getProperty("console.screenshots") != null;
        pages.forEach((name, path) -> {
            browser.opens(path);
            for (int width : new int[] {360, Browser.PHONE, Browser.DESK}) {
                browser.isAsWideAs(width);
                browser.fits(width);
                if (pictures && width != 360) {
                    browser.isPictured(PICTURES.resolve(name + "-" + width + ".png"));
                }
            }
            browser.isAccessible();
            browser.showsItsEdges();
            browser.prefers("dark");
            browser.isAccessible();
            browser.showsItsEdges();
            if (pictures && name.equals("now")) {
                browser.isPictured(PICTURES.resolve("now-dark.png"));
            }
            browser.prefers("light");
            browser.isAsWideAs(Browser.PHONE);
            browser.isAccessible();
            browser.showsWhatScrolls();
            browser.runs(LONG_WORDS);
            browser.fits(Browser.PHONE);
            browser.isAsWideAs(Browser.DESK);
        });
    }

    /** Each page with something to see. */
    private Map<String, String> pages() {
        String order = paid();
        int more = System.getProperty("console.screenshots") == null ? 1 : 40;
        List<String> payments = new ArrayList<>();
        for (int n = 0; n < more; n++) {
            payments.add(shop.asksForAPayment(shop.placesAnOrder()));
            shop.placesAnOrder();
        }
        payments.forEach(shop::customerPays);
        inReview();
        Provider.impostor(suite).tells(Provider.newEventId(), Provider.success(order, "pay_1", Provider.newEventId()));
        String poison = Provider.newEventId();
        Provider.of(suite)
                .tells(poison, Provider.success(order, "pay_1", poison).replace("payment_success", "order_eaten"));
        becomes("/console/rejected", "signature_wrong");
        becomes("/console/attention", "unknown_event");
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("now", "/console");
        pages.put("orders", "/console/orders");
        pages.put("order", "/console/orders/" + order);
        pages.put("events", "/console/events");
        browser.opens("/console/events?order=" + order);
        pages.put("event", browser.sees("tbody th a", "href"));
        pages.put("replay", "/console/events/replay?order=" + order);
        pages.put("attention", "/console/attention");
        pages.put("rejected", "/console/rejected");
        pages.put("reconciliation", "/console/reconciliation");
        pages.put("comparison", "/console/comparison");
        return pages;
    }

    /** Sooner or later the page says so. */
    private void becomes(String path, String text) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            browser.opens(path);
            assertThat(browser.text()).contains(text);
        });
    }

    private String paid() {
        String order = shop.placesAnOrder();
        shop.customerPays(shop.asksForAPayment(order));
        shop.sees(order, "Paid");
        return order;
    }

    /** An order that was paid with an amount that nobody asked for. */
    private String inReview() {
        return inReview(shop.placesAnOrder());
    }

    private String inReview(String order) {
        toldOfASmallPayment(order);
        shop.sees(order, "NeedsReview");
        // The provider's answer changes why: who decides before it comes is sent back to look again.
        Shop.eventually(() -> shop.historyOf(order).equals(List.of("Pending", "NeedsReview", "NeedsReview")));
        return order;
    }

    private void toldOfASmallPayment(String order) {
        String event = Provider.newEventId();
        String body = Provider.success(order, "pay_" + UUID.randomUUID(), event).replace(":999,", ":5,");
        assertThat(Provider.of(suite).tells(event, body).status()).isEqualTo(202);
    }
}
