package dev.bellhop.gateway.api;

import java.util.SortedSet;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;

/** Which methods a path knows: Quarkus REST refuses the others without saying so, or says that there is no such path. */
final class KnownMethods implements RuntimeResourceVisitor {

    private final String path;
    private final SortedSet<String> methods = new TreeSet<>();

    private KnownMethods(String path) {
        this.path = path;
    }

    /** For the header {@code Allow}; none if there is nothing at the path. */
    static SortedSet<String> of(String path) {
        KnownMethods known = new KnownMethods(path);
        RuntimeResourceVisitor.visitRuntimeResources(
                "", CurrentRequestManager.get().getDeployment().getClassMappers(), known);
        return known.methods;
    }

    @Override
    public void visitRuntimeResource(String method, String template, RuntimeResource resource) {
        if (!path.matches(template.replaceAll("\\{[^}]+}", "[^/]+") + "/?")) {
            return;
        }
        methods.add("OPTIONS");
        methods.add(method);
        if (method.equals("GET")) {
            methods.add("HEAD");
        }
    }
}
