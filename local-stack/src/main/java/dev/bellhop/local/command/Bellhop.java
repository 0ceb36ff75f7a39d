package dev.bellhop.local.command;

import dev.bellhop.local.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The one command. */
@Command(
        name = "bellhop",
        mixinStandardHelpOptions = true,
        versionProvider = Bellhop.Version.class,
        description = "Every order ends in the right state, whatever happens to its webhooks.",
        footer = {
            "",
            "bellhop prove breaks the suite and compares every order with the truth; bellhop bench measures it.",
            "Both tell more with --help."
        },
        subcommands = {UpCommand.class, DemoCommand.class, SendCommand.class, KeysCommand.class})
public final class Bellhop {

    /** Held here, or its level would be forgotten with it. */
    private static final Logger KAFKA_LOG = Logger.getLogger("org.apache.kafka");

    /** Prints what went wrong in one sentence; a surprise with its trace. */
    public static void main(String[] arguments) {
        KAFKA_LOG.setLevel(Level.WARNING);
        CommandLine command = command();
        if (arguments.length == 0) {
            command.usage(command.getOut());
            System.exit(CommandLine.ExitCode.USAGE);
        }
        System.exit(command.execute(arguments));
    }

    /** The same within this process: what would be printed goes to {@code out}. Returns the exit status. */
    public static int run(PrintWriter out, String... arguments) {
        return command().setOut(out).setErr(out).execute(arguments);
    }

    private static CommandLine command() {
        CommandLine command = new CommandLine(new Bellhop());
        command.setExecutionExceptionHandler((failure, failed, parsed) -> {
            if (failure instanceof StartFailure) {
                failed.getErr().println("bellhop: " + failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return command;
    }

    /** From the build. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            Properties build = new Properties();
            try (InputStream in = Bellhop.class.getResourceAsStream("/bellhop.properties")) {
                build.load(Objects.requireNonNull(in));
            }
            return new String[] {
                "bellhop " + build.getProperty("version") + " on Java " + System.getProperty("java.version")
            };
        }
    }
}
