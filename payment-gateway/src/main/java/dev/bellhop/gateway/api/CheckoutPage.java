package dev.bellhop.gateway.api;

import dev.bellhop.gateway.domain.CardAttempt;
import dev.bellhop.gateway.domain.Payment;
import dev.bellhop.gateway.domain.PaymentFact;
import dev.bellhop.gateway.domain.PaymentLifecycle;
import dev.bellhop.gateway.domain.TestCard;
import dev.bellhop.gateway.domain.Transition;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The checkout page's HTML: no script, no image, one small style sheet. */
final class CheckoutPage {

    static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String FRAME =
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s</title>
            <style>
            :root { color-scheme: light dark; font: 1.0625rem/1.5 system-ui, sans-serif; }
            body { max-width: 28rem; margin: 3rem auto; padding: 0 1.25rem; }
            dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; }
            dt { opacity: .75; } dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
            .amount { font-size: 1.75rem; font-weight: 650; }
            .result { border-inline-start: .3rem solid; padding: .5rem .9rem; }
            label { display: block; margin-top: 1.25rem; }
            select, button { font: inherit; width: 100%%; box-sizing: border-box; padding: .6rem; margin-top: .5rem; }
            button { font-weight: 600; cursor: pointer; border-radius: .4rem; border: 2px solid #1a56b0; }
            .pay { background: #1a56b0; color: #fff; }
            .decline { background: transparent; color: inherit; }
            @media (prefers-color-scheme: dark) { button, select { border-color: #6ea3f5; } }
            :focus-visible { outline: 3px solid #e08a00; outline-offset: 2px; }
            footer { margin-top: 2.5rem; font-size: .875rem; opacity: .75; }
            </style>
            </head>
            <body>
            <main>
            %2$s
            </main>
            <footer>This is a simulated payment provider. No money moves.</footer>
            </body>
            </html>
            """;

    private static final String FORMS =
            """
            <form method="post" action="/checkout/%1$s/pay">
            <label for="card">Test card</label>
            <select id="card" name="card">
            %2$s
            </select>
            <button class="pay" type="submit">Pay %3$s</button>
            </form>
            <form method="post" action="/checkout/%1$s/decline">
            <button class="decline" type="submit">Decline</button>
            </form>
            """;

    private static final String STRAY =
            """
            <h1>That did not work</h1>
            <p>It paid nothing. The payment's page says where the payment stands.</p>
            """;

    private static final String SORRY =
            """
            <h1>Not available now</h1>
            <p>Something failed on our side. Try again in a moment: the payment's page says whether it is paid.</p>
            """;

    private CheckoutPage() {}

    static String of(Payment payment) {
        String amount = Amounts.text(payment.amount(), payment.currency());
        String summary = "<h1>Payment</h1>\n<dl>\n<dt>Order</dt><dd>" + escape(payment.orderId())
                + "</dd>\n<dt>Amount</dt><dd class=\"amount\">" + escape(amount) + "</dd>\n</dl>\n";
        String forms = payable(payment) ? FORMS.formatted(escape(payment.id()), cards(payment), escape(amount)) : "";
        String result = escape(result(payment));
        return result.isEmpty()
                ? FRAME.formatted("Pay order " + escape(payment.orderId()), summary + forms)
                : FRAME.formatted(
                        result + " Order " + escape(payment.orderId()),
                        summary + "<p class=\"result\" role=\"status\">" + result + "</p>\n" + forms);
    }

    static String unknown() {
        return FRAME.formatted(
                "No such payment", "<h1>No such payment</h1>\n<p>This link does not lead to a payment.</p>");
    }

    /**
     * What people see when a request failed. Of a failure of ours nobody knows here what became of the payment: its own page says so.
     *
     * @param payment the path of its page; null if the request named none
     */
    static String failed(int status, @Nullable String payment) {
        if (status == 404 || payment == null) {
            return status < 500 ? unknown() : FRAME.formatted("Not available", SORRY);
        }
        String again = "<p><a href=\"" + escape(payment) + "\">Open the payment again</a></p>";
        return status < 500
                ? FRAME.formatted("That did not work", STRAY + again)
                : FRAME.formatted("Not available", SORRY + again);
    }

    private static boolean payable(Payment payment) {
        return PaymentLifecycle.after(payment.status(), PaymentFact.HELD) instanceof Transition.To;
    }

    private static String result(Payment payment) {
        return switch (payment.status()) {
            case PENDING -> "";
            case PROCESSING -> "The bank's answer is awaited. Reload this page in a few minutes.";
            case AUTHORIZED -> "The amount is reserved. Thank you.";
            case PAID -> "Paid. Thank you.";
            case FAILED -> "The payment was declined" + reason(payment) + ". You can try again.";
            case CANCELLED -> "The payment was cancelled.";
            case PARTIALLY_REFUNDED ->
                "Paid, and " + Amounts.text(payment.refunded(), payment.currency()) + " was refunded.";
            case REFUNDED -> "Paid and refunded.";
        };
    }

    private static String reason(Payment payment) {
        if (payment.attempts().isEmpty()) {
            return "";
        }
        CardAttempt last = payment.attempts().get(payment.attempts().size() - 1);
        return last.failureCode() == null ? "" : ": " + last.failureCode().replace('_', ' ');
    }

    private static String cards(Payment payment) {
        TestCard usual = TestCard.forAmount(payment.amount());
        return TestCard.ALL.stream()
                .map(card -> "<option value=\"" + card.number() + "\"" + (card.equals(usual) ? " selected" : "") + ">"
                        + escape(grouped(card.number()) + " " + card.outcome()) + "</option>")
                .collect(Collectors.joining("\n"));
    }

    private static String grouped(String number) {
        return number.replaceAll("(.{4})(?=.)", "$1 ");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
