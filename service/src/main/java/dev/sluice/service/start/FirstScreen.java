package dev.sluice.service.start;

import io.dropwizard.lifecycle.ServerLifecycleListener;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs five lines once the server is up. A null {@code publicUrl} means the address of the first
 * connector.
 */
public record FirstScreen(
    String version,
    String backend,
    @Nullable URI publicUrl,
    boolean openDocs,
    boolean openDashboard,
    Supplier<String> credentials)
    implements ServerLifecycleListener {

  private static final Logger LOG = LoggerFactory.getLogger(FirstScreen.class);

  @Override
  public void serverStarted(Server server) {
    lines(publicUrl == null ? local(server) : publicUrl.toString()).forEach(LOG::info);
  }

  private List<String> lines(String url) {
    return List.of(
        "Sluice " + version + " is up",
        "Backend: " + backend,
        "API: "
            + url
            + (openDocs ? " (calls at " + url + "/docs)" : "")
            + (openDashboard ? ", dashboard: " + url + "/admin" : ", no dashboard"),
        "Credentials: " + credentials.get(),
        "Next: "
            + (openDashboard ? "log in to the dashboard, or " : "")
            + "enqueue with `java -jar sluice.jar enqueue --prompt TEXT --url "
            + url
            + "`");
  }

  private static String local(Server server) {
    return Arrays.stream(server.getConnectors())
        .filter(connector -> !"admin".equals(connector.getName()))
        .findFirst()
        .map(FirstScreen::address)
        .orElse("");
  }

  private static String address(Connector connector) {
    String scheme =
        connector.getConnectionFactory(SslConnectionFactory.class) == null ? "http" : "https";
    if (!(connector instanceof ServerConnector tcp)) {
      return scheme + "://localhost";
    }
    String host = tcp.getHost();
    boolean any = host == null || host.equals("0.0.0.0") || host.equals("::");
    return scheme + "://" + (any ? "localhost" : host) + ":" + tcp.getLocalPort();
  }
}
