package dev.bellhop.prove;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;

/** One line that is written over on a terminal; a line per change of what is being done elsewhere. */
final class ProgressBar implements Consumer<Trial.Standing> {

    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean terminal = Boolean.getBoolean("bellhop.terminal");
    private final long begin = System.nanoTime();
    private String doing = "";

    ProgressBar(PrintStream out) {
        this.out = out;
    }

    @Override
    public void accept(Trial.Standing standing) {
        boolean news = !standing.doing().equals(doing);
        doing = standing.doing();
        if (terminal) {
            out.print("\r\u001b[K" + line(standing));
            out.flush();
        } else if (news) {
            out.println(line(standing));
        }
    }

    private String line(Trial.Standing standing) {
        int full = standing.of() == 0 ? 0 : standing.over() * WIDTH / standing.of();
        return String.format(
                Locale.ROOT,
                "  %4d s [%s%s] %d placed, %d done of %d, %d announced: %s",
                (System.nanoTime() - begin) / 1_000_000_000,
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                standing.placed(),
                standing.over(),
                standing.of(),
                standing.heard(),
                standing.doing());
    }

    /** Leaves the line as it is. */
    void end() {
        if (terminal) {
            out.println();
        }
    }
}
