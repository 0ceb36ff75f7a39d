package dev.bellhop.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where the Maven build of this checkout left what we start. */
final class Build {

    private Build() {}

    /** This module's classes: a folder or a jar in {@code local-stack/target}. */
    static Path classes() {
        var source = Objects.requireNonNull(Build.class.getProtectionDomain().getCodeSource());
        return Path.of(URI.create(source.getLocation().toString()));
    }

    /** The class path that this module's build wrote down; the tests and the launcher need none of it themselves. */
    static String classPath() {
        Path own = classes();
        try {
            return own
                    + File.pathSeparator
                    + Files.readString(own.resolveSibling("classpath")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("local-stack must be part of the same Maven build (mvn -am)", e);
        }
    }

    /** The packaged service's runnable jar. */
    static Path jar(Service service) {
        Path target = Objects.requireNonNull(classes().getParent());
        Path module = Objects.requireNonNull(target.getParent());
        Path jar = module.resolveSibling(service.folder()).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new StartFailure(service.folder() + " is not built (" + jar + " is missing). Run: mvn package");
        }
        return jar;
    }
}
