package dev.bellhop.order.console;

import dev.bellhop.order.app.Activity;
import dev.bellhop.order.app.AskingConfig;
import dev.bellhop.order.app.QuestionLog;
import dev.bellhop.order.app.Reconciliation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was asked, why and how often, and what is asked next.
 *
 * @param answers one more than fit on the page, if there are more
 */
record ReconciliationSight(
        AskingConfig rules,
        Reconciliation.State state,
        List<Reconciliation.Waiting> waiting,
        List<QuestionLog.Count> counts,
        List<QuestionLog.Answered> answers,
        Activity.Asks asks,
        int perPage) {

    public List<QuestionLog.Answered> shown() {
        return answers.subList(0, Math.min(answers.size(), perPage));
    }

    /** The page behind this one. */
    public @Nullable String older() {
        return answers.size() <= perPage
                ? null
                : "/console/reconciliation?before=" + answers.get(perPage - 1).number() + "#answers";
    }

    public String perOrder() {
        return String.format(Locale.ENGLISH, "%.2f", asks.perOrder());
    }

    public List<Plot.Bar> bars() {
        return Plot.bars(asks.byAsks().stream().map(Long::doubleValue).toList());
    }
}
