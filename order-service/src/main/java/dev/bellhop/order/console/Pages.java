package dev.bellhop.order.console;

import dev.bellhop.order.app.InboxLog;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.Outcome;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The templates, checked at build time. They escape whatever they are given. */
@CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
final class Pages {

    private Pages() {}

    static native TemplateInstance login(String to, @Nullable Unsent unsent, @Nullable String message);

    /** A form that did nothing yet, to be sent again. */
    static native TemplateInstance again(Frame frame, Unsent unsent);

    /** A note on a page that can no longer renew itself. */
    static native TemplateInstance sessionEnded(String login);

    /** The same on the page of an order that is no more. */
    static native TemplateInstance removed();

    static native TemplateInstance problem(Plain told, int status, Assets.@Nullable Place up);

    static native TemplateInstance now(Frame frame, NowSight sight);

    /** The part of that page that renews itself. */
    static native TemplateInstance nowLive(NowSight sight);

    static native TemplateInstance orders(
            Frame frame, OrderSearch search, List<Order> orders, List<OrderStatus> statuses, @Nullable String older);

    static native TemplateInstance order(Frame frame, OrderSight sight);

    /** The part of an order's page that renews itself. */
    static native TemplateInstance orderLive(Frame frame, OrderSight sight);

    static native TemplateInstance events(
            Frame frame, EventSearch search, List<EventSight> events, List<Outcome> outcomes, @Nullable String older);

    static native TemplateInstance event(Frame frame, EventSight event, List<InboxLog.Replay> replays);

    static native TemplateInstance replay(Frame frame, EventSearch search, long count, String fits, long most);

    static native TemplateInstance attention(Frame frame, AttentionSight sight);

    static native TemplateInstance reconciliation(Frame frame, ReconciliationSight sight);

    static native TemplateInstance comparison(Frame frame, ComparisonSight sight);

    static native TemplateInstance rejected(Frame frame, RejectedSight sight);

    static native TemplateInstance replayed(Frame frame, List<InboxLog.Replay> replays, Map<String, Long> outcomes);
}
