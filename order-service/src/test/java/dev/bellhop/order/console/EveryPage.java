package dev.bellhop.order.console;

import java.util.List;

/** Each page of the console in each way that it is asked for. */
final class EveryPage {

    private EveryPage() {}

    /** {@code sample} is an order, {@code ord_…}. */
    static List<String> about(String sample) {
        return List.of(
                "/console",
                "/console/now",
                "/console/orders",
                "/console/orders?status=Delivered",
                "/console/orders?status=NeedsReview",
                "/console/orders?status=PartiallyRefunded",
                "/console/orders?q=" + sample,
                "/console/orders?q=" + sample.substring(0, 9),
                "/console/orders?q=ord_",
                "/console/orders?q=customer-4711",
                "/console/orders?q=customer-&status=PaymentFailed",
                "/console/orders?q=nobody",
                "/console/orders?from=2020-01-01&to=2020-01-02",
                "/console/orders/" + sample,
                "/console/events",
                "/console/events?order=" + sample,
                "/console/events?type=refund_failed",
                "/console/events?source=other&outcome=superseded",
                "/console/events?outcome=parked",
                "/console/events?outcome=failed",
                "/console/events?source=nobody",
                "/console/events?type=refund_failed&source=payments&outcome=applied",
                "/console/events/one?id=evt_" + sample.substring(4),
                "/console/events/replay",
                "/console/events/replay?type=refund_failed",
                "/console/events/replayed?from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z",
                "/console/attention",
                "/console/rejected",
                "/console/rejected?reason=nothing",
                "/console/reconciliation",
                "/console/comparison");
    }
}
