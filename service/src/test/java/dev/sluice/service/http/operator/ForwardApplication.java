package dev.sluice.service.http.operator;

import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.QueueBackendFactory;
import dev.sluice.service.config.SluiceConfiguration;
import dev.sluice.service.http.AgingApplication;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The service with access to its store, whose time tests may move ahead of the machine's. */
public final class ForwardApplication extends AgingApplication {

  @Override
  @SuppressWarnings("unchecked") // what is read into a subclass is a configuration too
  public Class<SluiceConfiguration> getConfigurationClass() {
    return (Class<SluiceConfiguration>) (Class<?>) Observed.class;
  }

  /** A configuration that exposes its backend. */
  public static final class Observed extends SluiceConfiguration {

    /**
     * With a pause of a busy machine still shorter than a tenth of a lease; otherwise an outage.
     */
    private static final Duration STEP = Duration.ofSeconds(5);

    private final AtomicLong aheadMs = new AtomicLong();
    private @Nullable QueueBackend built;

    @Override
    public QueueBackendFactory backend() {
      QueueBackendFactory factory = super.backend();
      return new QueueBackendFactory() {
        @Override
        public QueueBackend build(BackendEnvironment environment) {
          QueueBackend real =
              factory.build(
                  new BackendEnvironment(
                      environment.rules(),
                      environment.dataDirectory(),
                      () -> OptionalLong.of(System.currentTimeMillis() + aheadMs.get())));
          built = real;
          return real;
        }

        @Override
        public String description() {
          return factory.description();
        }
      };
    }

    QueueBackend built() {
      return Objects.requireNonNull(built);
    }

    /** Passes time at once: an outage, if long enough. */
    void jump(Duration time) {
      aheadMs.addAndGet(time.toMillis());
    }

    /** Passes time with sweeps. */
    void pass(Duration time) {
      built().upkeep().sweep(); // the first ends an outage, as after each start
      for (Duration left = time; !left.isZero(); ) {
        Duration step = left.compareTo(STEP) < 0 ? left : STEP;
        aheadMs.addAndGet(step.toMillis());
        built().upkeep().sweep();
        left = left.minus(step);
      }
    }
  }
}
