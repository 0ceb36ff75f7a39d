package dev.bellhop.chassis;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Which methods a path knows. Quarkus REST refuses the others without saying so, or says that there is no such path; who asks
 * it by OPTIONS is told those of other paths that begin alike as well, also where there is nothing.
 */
public final class KnownMethods {

    private KnownMethods() {}

    /** As a header {@code Allow} has them; empty if there is nothing at the path. */
    public static String of(String path) {
        Visitor known = new Visitor(path);
        RuntimeResourceVisitor.visitRuntimeResources(
                "", CurrentRequestManager.get().getDeployment().getClassMappers(), known);
        return String.join(", ", known.methods);
    }

    /** Answers who asks. */
    static final class Options {

        @ServerRequestFilter(preMatching = true)
        @Nullable
        Response answer(ContainerRequestContext request) {
            if (!request.getMethod().equals("OPTIONS")) {
                return null;
            }
            String known = of(request.getUriInfo().getPath());
            if (known.isEmpty()) {
                throw new NotFoundException();
            }
            return Response.ok().header("Allow", known).build();
        }
    }

    private static final class Visitor implements RuntimeResourceVisitor {

        private final String path;
        private final SortedSet<String> methods = new TreeSet<>();

        Visitor(String path) {
            this.path = path;
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
}
