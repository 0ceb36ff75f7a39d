package dev.bellhop.local.command;

import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import dev.bellhop.local.SuitePlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What a person wants to know once everything runs. */
final class Welcome {

    private Welcome() {}

    static void print(PrintWriter out, Suite suite, Path data, Duration after) {
        SuitePlan plan = suite.plan();
        out.printf(Locale.ROOT, "%nBellhop is up after %.1f s. Ctrl-C stops it.%n%n", after.toMillis() / 1000.0);
        for (Service service : Service.BY_PORT) {
            if (plan.services().contains(service)) {
                line(
                        out,
                        service.folder(),
                        suite.url(service) + "   health and metrics " + suite.management(service) + "/q");
            }
        }
        if (plan.needsKafka()) {
            line(out, "Kafka", suite.stack().bootstrapServers());
        }
        if (plan.needsPostgres()) {
            line(out, "PostgreSQL", suite.stack().postgresUrl(plan.database()) + "   user postgres, no password");
        }
        out.println();
        if (plan.services().contains(Service.ORDER_SERVICE)) {
            line(out, "API key", suite.apiKey());
        }
        line(out, "all keys", data.resolve("run.json").toString());
        line(out, "logs", data.resolve("logs").toString());
        out.println();
        out.flush();
    }

    private static void line(PrintWriter out, String name, String value) {
        out.printf("  %-16s %s%n", name, value);
    }
}
