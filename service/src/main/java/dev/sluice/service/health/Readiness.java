package dev.sluice.service.health;

import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.core.setup.Environment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * {@code /ready} tells whether this node should get calls, on the application port without a
 * reason; {@code /alive} fails only if a restart helps, so not for a store that is away.
 */
public final class Readiness {

  /** Anyone may ask on the application port; the store is asked once a second at most. */
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private record Look(long nanos, boolean ready) {}

  private final HealthCheck store;
  private final FailStop failStop;
  private final Supplier<@Nullable String> front;
  private final LongSupplier nanoTime;
  private volatile boolean stopping;
  private volatile @Nullable Look look;

  /** Strangers may ask, so one call at a time asks the store; the others get the last answer. */
  private final AtomicBoolean looking = new AtomicBoolean();

  /** {@code front} returns why the application port serves no calls, or null. */
  public Readiness(
      HealthCheck store,
      FailStop failStop,
      Supplier<@Nullable String> front,
      LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.store = store;
    this.failStop = failStop;
    this.front = front;
  }

  public void install(Environment environment) {
    failStop.follow(front);
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

  /** For the application port: a call that arrives shows that the port serves. */
  public boolean isReady() {
    Look seen = look;
    long now = nanoTime.getAsLong();
    boolean fresh = seen != null && now - seen.nanos() < FRESH_NANOS;
    if (!fresh && looking.compareAndSet(false, true)) {
      try {
        seen = new Look(now, ownProblem() == null);
        look = seen;
      } finally {
        looking.set(false);
      }
    }
    return seen != null && seen.ready() && !stopping;
  }

  public void stopping() {
    stopping = true;
  }

  @Nullable String whyNot() {
    @Nullable String problem = ownProblem();
    return problem == null ? front.get() : problem;
  }

  private @Nullable String ownProblem() {
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
