package dev.sluice.service.http.edge;

import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The admin connector needs no credential: refuses other hosts and calls from other sites. */
public final class AdminGuard implements HttpConfiguration.Customizer {

  private static final Set<String> OUR_SITES = Set.of("same-origin", "none");

  /** With all paths below. */
  private static final Set<String> OPEN =
      Set.of("", "alive", "ready", "healthcheck", "metrics", "ping");

  private static final Set<String> DIAGNOSTICS = Set.of("threads", "pprof");
  private static final String TASKS = "tasks";

  private final Hosts hosts;
  private final boolean tasks;
  private final boolean diagnostics;

  /**
   * {@code allowedHosts} add to loopback names and the called address; {@code diagnostics} are
   * thread dumps and profiles.
   */
  public AdminGuard(List<String> allowedHosts, boolean tasks, boolean diagnostics) {
    this.hosts = new Hosts(allowedHosts);
    this.tasks = tasks;
    this.diagnostics = diagnostics;
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable headers) {
    headers.put(new PreEncodedHttpField("X-Content-Type-Options", "nosniff"));
    HttpURI uri = request.getHttpURI();
    if (!hosts.allow(uri.getHost(), request)) {
      throw refused(
          403, "The admin connector doesn't answer to this host; see adminConnector.allowedHosts");
    }
    if (foreign(request)) {
      throw refused(403, "A page of another site may not call the admin connector");
    }
    String first = first(uri.getCanonicalPath());
    if (!OPEN.contains(first)
        && !(tasks && first.equals(TASKS))
        && !(diagnostics && DIAGNOSTICS.contains(first))) {
      throw refused(404, "Not served; see adminConnector.tasks and .diagnostics");
    }
    return request;
  }

  private static boolean foreign(Request request) {
    @Nullable String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null) {
      return !OUR_SITES.contains(site.strip());
    }
    @Nullable String origin = request.getHeaders().get("Origin");
    return origin != null
        && !origin.strip().equalsIgnoreCase("http://" + request.getHttpURI().getAuthority())
        && !origin.strip().equalsIgnoreCase("https://" + request.getHttpURI().getAuthority());
  }

  private static String first(@Nullable String path) {
    return path == null ? "" : path.replaceFirst("^/+", "").replaceFirst("[/;].*", "");
  }

  private static RuntimeException refused(int status, String text) {
    return new HttpException.RuntimeException(status, text);
  }
}
