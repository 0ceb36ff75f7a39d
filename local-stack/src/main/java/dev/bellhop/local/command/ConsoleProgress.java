package dev.bellhop.local.command;

import dev.bellhop.local.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** One line per part once it is ready; on a terminal also a last line that says what is still awaited. */
final class ConsoleProgress implements Progress {

    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintWriter out;
    private final Terminal terminal;
    private final Set<String> awaited = new LinkedHashSet<>();

    /** Whether a line can be overwritten. */
    enum Terminal {
        INTERACTIVE,
        PLAIN;

        /** The script knows; Java does not. */
        static Terminal current() {
            return Boolean.getBoolean("bellhop.terminal") ? INTERACTIVE : PLAIN;
        }
    }

    ConsoleProgress(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public synchronized void starting(String part) {
        awaited.add(part);
        showAwaited();
    }

    @Override
    public synchronized void ready(String part, Duration after) {
        awaited.remove(part);
        say(String.format(Locale.ROOT, "  %-16s ready after %4.1f s", part, after.toMillis() / 1000.0));
        showAwaited();
    }

    @Override
    public synchronized void stopping(String part) {
        awaited.clear();
        say("  stopping " + part);
    }

    /** A whole line of its own. */
    synchronized void say(String line) {
        out.println(terminal == Terminal.INTERACTIVE ? CLEAR_LINE + line : line);
        out.flush();
    }

    private void showAwaited() {
        if (terminal == Terminal.INTERACTIVE) {
            out.print(CLEAR_LINE + (awaited.isEmpty() ? "" : "  starting " + String.join(", ", awaited) + " …"));
            out.flush();
        }
    }
}
