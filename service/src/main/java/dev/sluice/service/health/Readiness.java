package dev.sluice.service.health;

import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.core.setup.Environment;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * {@code /ready} on the admin connector tells whether this node should get calls; {@code /alive}
 * fails only if a restart helps, so not for a store that is away.
 */
public final class Readiness {

  private final HealthCheck store;
  private final FailStop failStop;
  private final Supplier<@Nullable String> front;
  private volatile boolean stopping;

  /** {@code front} returns why the application port serves no calls, or null. */
  public Readiness(HealthCheck store, FailStop failStop, Supplier<@Nullable String> front) {
    this.store = store;
    this.failStop = failStop;
    this.front = front;
  }

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

  public void stopping() {
    stopping = true;
  }

  @Nullable String whyNot() {
    if (stopping) {
      return "it is stopping";
    }
    String failure = failStop.failure();
    if (failure != null) {
      return failure;
    }
    HealthCheck.Result result = store.execute();
    return result.isHealthy() ? front.get() : String.valueOf(result.getMessage());
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
