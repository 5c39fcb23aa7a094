package dev.sluice.service.replay;

import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.QueueBackendFactory;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.service.SluiceApplication;
import dev.sluice.service.config.SluiceConfiguration;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The service on a movable store clock, with each step of the store counted. */
public final class ReplayApplication extends SluiceApplication {

  @Override
  @SuppressWarnings("unchecked") // what is read into a subclass is a configuration too
  public Class<SluiceConfiguration> getConfigurationClass() {
    return (Class<SluiceConfiguration>) (Class<?>) Observed.class;
  }

  /** Off: the test's clock sweeps. */
  @Override
  protected Duration sweepPause() {
    return Duration.ofDays(1);
  }

  /** A configuration that exposes its backend. */
  public static final class Observed extends SluiceConfiguration {

    final MovableClock clock = new MovableClock();
    final AtomicLong steps = new AtomicLong();
    @Nullable QueueBackend built;

    /** Sets the clock days back, so that tests can move it on for hours. */
    public Observed() {
      Instant start = Instant.now().minus(Duration.ofDays(6));
      clock.jump(Duration.between(Instant.ofEpochMilli(clock.now()), start));
    }

    @Override
    public QueueBackendFactory backend() {
      QueueBackendFactory factory = super.backend();
      return new QueueBackendFactory() {
        @Override
        public QueueBackend build(BackendEnvironment environment) {
          QueueBackend real =
              factory.build(
                  new BackendEnvironment(environment.rules(), environment.dataDirectory(), clock));
          built = real;
          return counted(QueueBackend.class, real);
        }

        @Override
        public String description() {
          return factory.description();
        }
      };
    }

    /** Counts each call of the parts as one. */
    private <T> T counted(Class<T> type, T real) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                try {
                  Object answer = method.invoke(real, arguments);
                  if (type == QueueBackend.class && method.getReturnType().isInterface()) {
                    return counted(cast(method.getReturnType()), answer);
                  }
                  steps.incrementAndGet();
                  return answer;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    }

    @SuppressWarnings("unchecked") // the type that a method returns is that of its answer
    private static Class<Object> cast(Class<?> type) {
      return (Class<Object>) type;
    }
  }
}
