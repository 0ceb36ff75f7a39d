package dev.bellhop.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL runs. It refuses to run as root; so root runs it in a user namespace of its own, and where those are
 * forbidden as an unprivileged user of this machine.
 */
record ServerUser(List<String> prefix, Optional<String> owner) {

    private static final List<String> UNPRIVILEGED = List.of("postgres", "nobody");

    /** The way that works here, tried out. */
    static ServerUser ofThisMachine() throws IOException, InterruptedException {
        if (!output("id", "-u").equals("0")) {
            return new ServerUser(List.of(), Optional.empty());
        }
        if (succeeds(List.of("unshare", "-U", "true"))) {
            return new ServerUser(List.of("unshare", "-U"), Optional.empty());
        }
        for (String user : UNPRIVILEGED) {
            List<String> prefix =
                    List.of("setpriv", "--reuid=" + user, "--regid=" + output("id", "-g", user), "--clear-groups");
            if (succeeds(Stream.concat(prefix.stream(), Stream.of("true")).toList())) {
                return new ServerUser(prefix, Optional.of(user));
            }
        }
        throw new StartFailure(
                "PostgreSQL refuses to run as root, and this machine allows root neither a user namespace "
                        + "(unshare -U) nor another user (setpriv). Run ./bellhop as an ordinary user.");
    }

    /** {@code command} as this user. */
    List<String> as(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Hands {@code folder} to this user, who must be able to come there. */
    void own(Path folder) throws IOException, InterruptedException {
        if (owner.isEmpty()) {
            return;
        }
        Files.createDirectories(folder);
        succeeds(List.of("chown", "-R", owner.get(), folder.toString()));
        if (!succeeds(as(List.of("test", "-w", folder.toString())))) {
            throw new StartFailure(
                    "PostgreSQL refuses to run as root, and the user " + owner.get() + " cannot reach " + folder
                            + ". Choose a data folder that it can reach (--data), or run ./bellhop as an ordinary user.");
        }
    }

    private static boolean succeeds(List<String> command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }
}
