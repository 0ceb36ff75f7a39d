package dev.bellhop.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogKeysTest {

    private final LogKeys keys = new LogKeys();

    @Test
    void what_a_format_names_is_a_field_and_the_message_is_constant() {
        ExtLogRecord line =
                line("dev.bellhop.gateway.app.ChangePayment", "payment changed paymentId=%s attempt=%d", "pay_1", 2);

        assertThat(keys.isLoggable(line)).isTrue();

        assertThat(message(line)).isEqualTo("payment changed");
        assertThat(line.getMdcCopy()).isEqualTo(Map.of("paymentId", "pay_1", "attempt", "2"));
    }

    @Test
    void what_was_written_into_the_message_is_a_field_too() {
        ExtLogRecord line = line("dev.bellhop.x", "webhook refused source=github reason=size eventId= requestId=a=b");

        keys.isLoggable(line);

        assertThat(message(line)).isEqualTo("webhook refused");
        assertThat(line.getMdcCopy()).isEqualTo(Map.of("source", "github", "reason", "size", "requestId", "a=b"));
    }

    @Test
    void a_value_cannot_pass_for_a_key() {
        ExtLogRecord line = line("dev.bellhop.x", "events wait reason=%s", "no, orderId=12 %s topic=secret");

        keys.isLoggable(line);

        assertThat(line.getMdcCopy()).isEqualTo(Map.of("reason", "no, orderId=12 %s topic=secret"));
    }

    @Test
    void a_constant_value_may_have_blanks() {
        ExtLogRecord line = line("dev.bellhop.x", "set aside bytes=%d reason=larger than allowed", 7);

        keys.isLoggable(line);

        assertThat(message(line)).isEqualTo("set aside");
        assertThat(line.getMdcCopy()).isEqualTo(Map.of("bytes", "7", "reason", "larger than allowed"));
    }

    @Test
    void what_is_missing_reads_as_null() {
        ExtLogRecord line = line("dev.bellhop.x", "attempted status=%s reason=%s", null, "away");

        keys.isLoggable(line);

        assertThat(line.getMdcCopy()).isEqualTo(Map.of("status", "null", "reason", "away"));
    }

    @Test
    void a_number_has_the_same_digits_everywhere() {
        Locale here = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            ExtLogRecord line = line("dev.bellhop.x", "set aside bytes=%d", 1_234);

            keys.isLoggable(line);

            assertThat(line.getMdcCopy()).isEqualTo(Map.of("bytes", "1234"));
        } finally {
            Locale.setDefault(here);
        }
    }

    @Test
    void other_lines_stay_as_they_are() {
        ExtLogRecord theirs = line("io.quarkus", "started host=%s", "a");
        ExtLogRecord plain = line("dev.bellhop.x", "spool drained");
        ExtLogRecord none = line("dev.bellhop.x", null);

        assertThat(keys.isLoggable(theirs)).isTrue();
        assertThat(keys.isLoggable(plain)).isTrue();
        assertThat(keys.isLoggable(none)).isTrue();

        assertThat(message(theirs)).isEqualTo("started host=a");
        assertThat(message(plain)).isEqualTo("spool drained");
    }

    private static String message(ExtLogRecord line) {
        return new PatternFormatter("%s").format(line);
    }

    private static ExtLogRecord line(String logger, @Nullable String format, @Nullable Object... parameters) {
        ExtLogRecord line =
                new ExtLogRecord(Level.INFO, format, ExtLogRecord.FormatStyle.PRINTF, LogKeysTest.class.getName());
        line.setLoggerName(logger);
        line.setParameters(parameters);
        return line;
    }
}
