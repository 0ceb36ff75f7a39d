package dev.bellhop.local;

import java.util.List;

/** The three services, in the order in which they are stopped: first who sends, last who applies. */
public enum Service {
    PAYMENT_GATEWAY("payment-gateway", "paymentGateway"),
    WEBHOOK_INGRESS("webhook-ingress", "webhookIngress"),
    ORDER_SERVICE("order-service", "orderService");

    /** In the order of their ports, in which people are told of them. */
    public static final List<Service> BY_PORT = List.of(ORDER_SERVICE, PAYMENT_GATEWAY, WEBHOOK_INGRESS);

    private final String folder;
    private final String key;

    Service(String folder, String key) {
        this.folder = folder;
        this.key = key;
    }

    /** The name of its module, its data folder and its log. */
    public String folder() {
        return folder;
    }

    /** Its name in {@code run.json}. */
    public String key() {
        return key;
    }

    @Override
    public String toString() {
        return folder;
    }
}
