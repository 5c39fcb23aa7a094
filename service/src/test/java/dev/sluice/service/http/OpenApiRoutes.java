package dev.sluice.service.http;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;

public final class OpenApiRoutes {

  private OpenApiRoutes() {}

  /** Leaves out HEAD and OPTIONS, which follow from the others. */
  public static Set<String> of(Collection<Class<?>> classes) {
    Set<String> calls = new TreeSet<>();
    for (Class<?> type : classes) {
      Resource resource = Resource.from(type);
      if (resource != null) {
        add(calls, "", resource);
      }
    }
    return calls;
  }

  private static void add(Set<String> calls, String above, Resource resource) {
    String path = above + "/" + resource.getPath().replaceAll("^/|/$", "");
    for (ResourceMethod method : resource.getResourceMethods()) {
      if (!Set.of("HEAD", "OPTIONS").contains(method.getHttpMethod())) {
        calls.add(method.getHttpMethod() + " " + path.replace("//", "/"));
      }
    }
    resource.getChildResources().forEach(child -> add(calls, path.equals("/") ? "" : path, child));
  }
}
