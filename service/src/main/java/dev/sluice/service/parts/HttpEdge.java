package dev.sluice.service.parts;

import dev.sluice.backend.store.QueueBackend;
import dev.sluice.service.config.SluiceConfiguration;
import dev.sluice.service.errors.ErrorAnswers;
import dev.sluice.service.errors.ErrorMapper;
import dev.sluice.service.errors.NotServed;
import dev.sluice.service.errors.ProblemAnswers;
import dev.sluice.service.errors.ServerErrors;
import dev.sluice.service.gitcredentials.GitCredentialSource;
import dev.sluice.service.http.direct.DirectCalls;
import dev.sluice.service.http.direct.Readers;
import dev.sluice.service.http.edge.AdminGuard;
import dev.sluice.service.http.edge.ApplicationEdge;
import dev.sluice.service.http.edge.Callers;
import dev.sluice.service.http.edge.ConnectionGuard;
import dev.sluice.service.http.edge.Front;
import dev.sluice.service.http.edge.FrontCheck;
import dev.sluice.service.http.edge.FrontLimits;
import dev.sluice.service.http.edge.GuardedConnection;
import dev.sluice.service.http.edge.HeaderMemory;
import dev.sluice.service.http.edge.Probes;
import dev.sluice.service.resources.BodyLimit;
import dev.sluice.service.resources.ClientConnections;
import dev.sluice.service.resources.JsonOptions;
import dev.sluice.service.resources.NoStore;
import dev.sluice.service.resources.UnreadBody;
import dev.sluice.service.resources.worker.TrackerErrors;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.jetty.HttpsConnectorFactory;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.Container;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.KeyStoreScanner;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.jspecify.annotations.Nullable;

/** Installs what applies to every path. */
final class HttpEdge {

  /**
   * Ids may hold encoded slashes, backslashes and percent signs. Jetty refuses them, because some
   * applications decode a path before they split it; this one splits first.
   */
  private static final UriCompliance ANY_ID =
      UriCompliance.DEFAULT.with(
          "ANY_ID",
          Violation.AMBIGUOUS_PATH_SEPARATOR,
          Violation.AMBIGUOUS_PATH_ENCODING,
          Violation.SUSPICIOUS_PATH_CHARACTERS);

  private static final int LEAST_READERS = 8;

  private static final int CERTIFICATE_SECONDS = 30;

  private HttpEdge() {}

  /** Call before the server is built. */
  static void install(
      SluiceConfiguration configuration,
      Environment environment,
      ResourceConfig jersey,
      ErrorAnswers errors,
      Callers callers,
      FrontCheck check,
      BooleanSupplier ready,
      Readers readers,
      Supplier<DirectCalls> direct) {
    if (configuration.getServerFactory() instanceof AbstractServerFactory server) {
      server.setRegisterDefaultExceptionMappers(false); // ours answer in one shape
    }
    for (ConnectorFactory connector : configuration.applicationConnectors()) {
      acceptAnyId(connector);
      if (connector instanceof HttpsConnectorFactory https) {
        https.setAllowRenegotiation(false); // costs us more than the client, and none needs it
      }
      if (readers != Readers.SERVE_NONE) {
        addReaders(configuration, connector);
      }
    }
    environment.getApplicationContext().getServletHandler().setDecodeAmbiguousURIs(true);

    environment
        .lifecycle()
        .addEventListener(
            new BeforeTheServerStarts(
                new ServerErrors(),
                new Customizers(
                    configuration.edge().customizer(), configuration.adminConnector().guard()),
                callers,
                new Probes(check, environment.getApplicationContext().getContextPath(), ready),
                configuration.front().limits(tls(configuration)),
                () -> atRoot(environment) ? direct.get() : null));

    ClientConnections.install(environment, jersey);
    // Ready once Jersey is.
    environment.lifecycle().addServerLifecycleListener(check::of);
    // A redirect stays on the host that the browser called, whatever a Host header says.
    jersey.property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    jersey.register(new ErrorMapper(errors));
    jersey.register(new NotServed());
    jersey.register(new TrackerErrors());
    jersey.register(new ProblemAnswers());
    jersey.register(new JsonOptions());
    jersey.register(new BodyLimit());
    jersey.register(new NoStore());
    jersey.register(new UnreadBody());
    jersey.register(new KnownParameters());
  }

  /** Runs a task when a stop begins, while running calls are still answered. */
  static void beforeStop(Environment environment, Runnable task) {
    environment
        .lifecycle()
        .addEventListener(
            new LifeCycle.Listener() {
              @Override
              public void lifeCycleStopping(LifeCycle stopping) {
                task.run();
              }
            });
  }

  /** With TLS they decrypt, which is enough. */
  static Readers readers(
      SluiceConfiguration configuration, QueueBackend backend, GitCredentialSource credentials) {
    return Readers.of(
        backend.inProcess() && !tls(configuration), credentials != GitCredentialSource.NONE);
  }

  private static boolean tls(SluiceConfiguration configuration) {
    return configuration.applicationConnectors().stream()
        .anyMatch(HttpsConnectorFactory.class::isInstance);
  }

  /** Direct calls know no other place of the API. */
  private static boolean atRoot(Environment environment) {
    return environment.getApplicationContext().getContextPath().equals("/")
        && environment.jersey().getUrlPattern().equals("/*");
  }

  private static void acceptAnyId(ConnectorFactory connector) {
    if (connector instanceof HttpConnectorFactory http
        && http.getUriCompliance().equals(UriCompliance.DEFAULT)) {
      http.setUriCompliance(ANY_ID);
    }
  }

  /** Readers that serve calls are as many as may wait for the disk together. */
  private static void addReaders(SluiceConfiguration configuration, ConnectorFactory connector) {
    if (connector instanceof HttpConnectorFactory http
        && http.getSelectorThreads().isEmpty()
        && configuration.getServerFactory() instanceof AbstractServerFactory server) {
      int most = Math.max(1, server.getMaxThreads() / 8);
      int readers = Math.max(LEAST_READERS, Runtime.getRuntime().availableProcessors());
      http.setSelectorThreads(Optional.of(Math.min(readers, most)));
    }
  }

  /** Takes a certificate that replaces the one in the file. */
  private static void watchCertificate(ServerConnector connector, SslContextFactory.Server tls) {
    if (tls.getKeyStorePath() != null) {
      KeyStoreScanner watch = new KeyStoreScanner(tls);
      watch.setScanInterval(CERTIFICATE_SECONDS);
      connector.addBean(watch);
    }
  }

  /**
   * The first check of each call, and case-sensitive header caching: otherwise a bearer that
   * differs only by case from an earlier one on the same connection would be taken for it.
   */
  private record Customizers(ApplicationEdge application, AdminGuard admin) {
    void addTo(Connector connector) {
      boolean isAdmin = "admin".equals(connector.getName());
      ((Container) connector)
          .getContainedBeans(HttpConfiguration.class)
          .forEach(
              http -> {
                http.setHeaderCacheCaseSensitive(true);
                http.addCustomizer(isAdmin ? admin : application);
              });
    }
  }

  private record BeforeTheServerStarts(
      ServerErrors errors,
      Customizers customizers,
      Callers callers,
      Probes probes,
      FrontLimits limits,
      Supplier<@Nullable DirectCalls> direct)
      implements LifeCycle.Listener {
    @Override
    public void lifeCycleStarting(LifeCycle starting) {
      if (starting instanceof Server server) {
        server.setErrorHandler(errors); // the application has none of its own, and falls back to it
        int threads = Front.threads(server.getThreadPool());
        @Nullable DirectCalls calls = direct.get();
        @Nullable GracefulHandler stop = server.getDescendant(GracefulHandler.class);
        if (calls != null && stop != null) {
          stop.insertHandler(calls);
        }
        server.insertHandler(
            new Front(callers, probes, limits, threads, calls == null ? null : calls.quick()));
        HeaderMemory headers = new HeaderMemory(limits.headerBytes());
        HeaderMemory ofAdmin = new HeaderMemory(limits.headerBytes());
        for (Connector each : server.getConnectors()) {
          GuardedConnection.install(each, Front.guards(each) ? headers : ofAdmin);
          customizers.addTo(each);
          if (each instanceof ServerConnector connector && Front.guards(each)) {
            Collection<SslContextFactory.Server> tls =
                connector.getContainedBeans(SslContextFactory.Server.class);
            connector.addBean(new ConnectionGuard(limits, tls.isEmpty()));
            tls.forEach(one -> watchCertificate(connector, one));
          }
        }
      }
    }
  }
}
