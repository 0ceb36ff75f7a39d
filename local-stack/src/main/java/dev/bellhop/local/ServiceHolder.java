package dev.bellhop.local;

/** Runs a packaged Quarkus service in this JVM, and ends it in order when the launcher is gone, even by a kill. */
final class ServiceHolder {

    private ServiceHolder() {}

    /** Arguments: the service's. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        LocalProcess.exitWithParent();
        Class.forName("io.quarkus.bootstrap.runner.QuarkusEntryPoint")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }
}
