package dev.bellhop.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ProveTest {

    @ParameterizedTest
    @ValueSource(strings = {"--orders=0", "--rate=0", "--every=0", "--rate=-1", "--rate=fast"})
    void a_number_with_which_nothing_is_proven_is_refused(String option) {
        StringWriter said = new StringWriter();

        int status =
                new CommandLine(new Prove()).setErr(new PrintWriter(said)).execute("--out", "target/never", option);

        assertThat(status).isEqualTo(2);
        assertThat(said.toString())
                .contains(option.substring(0, option.indexOf('=')))
                .doesNotContain("\tat ");
    }
}
