package dev.sluice.service.health;

import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.core.setup.Environment;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node should be sent calls. {@code /ready} on the admin connector says so at the
 * moment it is asked, {@code /alive} only fails where a restart is the remedy: who restarts what
 * isn't alive must not restart it for a store that is away.
 */
public final class Readiness {

  private final HealthCheck store;
  private final FailStop failStop;
  private volatile boolean stopping;

  public Readiness(HealthCheck store, FailStop failStop) {
    this.store = store;
    this.failStop = failStop;
  }

  /** Adds both pages, and learns of the server's stop. */
  public void install(Environment environment) {
    environment.lifecycle().addEventListener(new BeforeTheServerStops());
    environment
        .admin()
        .addServlet("alive", new StateServlet("alive", failStop::failure))
        .addMapping("/alive");
    environment
        .admin()
        .addServlet("ready", new StateServlet("ready", this::whyNot))
        .addMapping("/ready");
  }

  /** From now on this node is not ready: it is about to stop. */
  public void stopping() {
    stopping = true;
  }

  /** Why this node should not be sent calls; null if it should. */
  @Nullable String whyNot() {
    if (stopping) {
      return "it is stopping";
    }
    String failure = failStop.failure();
    if (failure != null) {
      return failure;
    }
    HealthCheck.Result result = store.execute();
    return result.isHealthy() ? null : String.valueOf(result.getMessage());
  }

  private final class BeforeTheServerStops implements LifeCycle.Listener {
    @Override
    public void lifeCycleStopping(LifeCycle stopped) {
      if (stopped instanceof Server) {
        stopping();
      }
    }
  }
}
