package dev.bellhop.log;

import io.quarkus.logging.LoggingFilter;
import java.util.Arrays;
import java.util.Locale;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * For consoles that write JSON ({@code quarkus.log.console.filter=keys}): what a message of ours says as {@code key=value}
 * becomes a field {@code mdc.key}, and the message is constant, so that both can be searched. Keys: CONTRIBUTING.md, words
 * in logs. Messages of others stay as they are, and so do lines for people, where this filter is not set.
 *
 * <p>Keys are looked for in the format, not in what is put into it: no value can pass for a key.
 */
@LoggingFilter(name = "keys")
public final class LogKeys implements Filter {

    private static final String OURS = "dev.bellhop.";
    private static final Pattern KEY = Pattern.compile(" (\\p{Alpha}\\w*)=");
    private static final Pattern PLACE = Pattern.compile("%[sd]");

    @Override
    public boolean isLoggable(LogRecord line) {
        String logger = line.getLoggerName();
        if (line instanceof ExtLogRecord ours && logger != null && logger.startsWith(OURS)) {
            split(ours);
        }
        return true;
    }

    private static void split(ExtLogRecord line) {
        String format = line.getMessage();
        Matcher key = format == null ? KEY.matcher("") : KEY.matcher(format);
        if (format == null || !key.find()) {
            return;
        }
        Values values = new Values(line.getParameters());
        String message = values.into(format.substring(0, key.start()));
        boolean more = true;
        while (more) {
            String name = key.group(1);
            int begin = key.end();
            more = key.find();
            String value = values.into(format.substring(begin, more ? key.start() : format.length()));
            if (!value.isEmpty()) {
                line.putMdc(name, value);
            }
        }
        line.setMessage(message, ExtLogRecord.FormatStyle.NO_FORMAT);
    }

    /** The parameters of a line, handed out from left to right. */
    private static final class Values {

        private final Object[] parameters;
        private int next;

        Values(Object @Nullable [] parameters) {
            this.parameters = parameters == null ? new Object[0] : parameters;
        }

        String into(String format) {
            if (parameters.length == 0) {
                return format;
            }
            int begin = next;
            next += (int) PLACE.matcher(format).results().count();
            return String.format(Locale.ROOT, format, Arrays.copyOfRange(parameters, begin, next));
        }
    }
}
