package dev.bellhop.chassis;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts each service. */
@QuarkusMain
public final class Main {

    private Main() {}

    /** A target that is no URI is for the service to refuse: Quarkus, before any route, answers without a document. */
    public static void main(String... arguments) {
        System.setProperty("vertx.disableURIValidation", "true");
        Quarkus.run(arguments);
    }
}
