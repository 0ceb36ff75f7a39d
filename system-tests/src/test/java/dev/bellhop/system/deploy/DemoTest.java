package dev.bellhop.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code demo kubernetes}, with a kubectl that keeps what it is told. */
class DemoTest {

    private static final String KUBECTL =
            """
            #!/usr/bin/env bash
            case "$*" in
              *" get secret "*) exit "$MISSING" ;;
              *"create secret generic "*) cp -r "${7#--from-file=}" "$MADE/$6" ;;
              *apply*) cat > /dev/null ;;
            esac
            """;

    private final Path folder;

    DemoTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void makes_every_secret_that_the_pods_mount_and_leaves_none_on_disk() throws Exception {
        assertThat(run(true)).isZero();

        Set<String> mounted = new TreeSet<>();
        Overlay.rendered("local").workloads().forEach(workload -> workload.findValuesAsText("secretName")
                .forEach(mounted::add));
        assertThat(made().list()).containsExactlyInAnyOrderElementsOf(mounted);
        assertThat(made().toPath().resolve("order-service/provider-key")).isNotEmptyFile();
        assertThat(temporary().list()).isEmpty();
    }

    @Test
    void makes_none_if_they_are_there() throws Exception {
        assertThat(run(false)).isZero();

        assertThat(made().list()).isEmpty();
        assertThat(temporary().list()).isEmpty();
    }

    private int run(boolean missing) throws IOException, InterruptedException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.writeString(bin.resolve("kubectl"), KUBECTL);
        Files.setPosixFilePermissions(bin.resolve("kubectl"), PosixFilePermissions.fromString("rwx------"));
        Files.createDirectory(made().toPath());
        Files.createDirectory(temporary().toPath());
        ProcessBuilder demo =
                new ProcessBuilder(Repository.file("k8s/overlays/local/demo").toString(), "kubernetes");
        demo.environment().put("PATH", bin + File.pathSeparator + System.getenv("PATH"));
        demo.environment().put("TMPDIR", temporary().toString());
        demo.environment().put("MADE", made().toString());
        demo.environment().put("MISSING", missing ? "1" : "0");
        Process process = demo.inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private File made() {
        return folder.resolve("made").toFile();
    }

    private File temporary() {
        return folder.resolve("tmp").toFile();
    }
}
