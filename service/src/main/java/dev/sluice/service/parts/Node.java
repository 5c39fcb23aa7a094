package dev.sluice.service.parts;

import dev.sluice.backend.StoreTime;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.service.config.SluiceConfiguration;
import dev.sluice.service.gitcredentials.GitCredentialSource;
import dev.sluice.service.gitcredentials.GitCredentialsEnvironment;
import dev.sluice.service.health.FailStop;
import dev.sluice.service.metrics.Monitoring;
import dev.sluice.service.metrics.calls.MeteredBackend;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.time.Clock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings, clocks, meters and open store of this process. */
public record Node(
    SluiceConfiguration settings,
    Environment environment,
    Clock clock,
    LongSupplier nanoTime,
    FailStop failStop,
    Monitoring monitoring,
    GitCredentialSource gitCredentials,
    QueueBackend backend) {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /**
   * Opens the store.
   *
   * @param storeTime the time of the store
   * @param clock the time of everything but the store
   * @param nanoTime for rates, ages and durations
   */
  public static Node open(
      SluiceConfiguration settings,
      Environment environment,
      StoreTime storeTime,
      Clock clock,
      LongSupplier nanoTime) {
    FailStop failStop = new FailStop(settings.onFailure());
    failStop.watchMemory();
    GitCredentialSource gitCredentials =
        settings.gitCredentials().build(new GitCredentialsEnvironment(clock, System.getenv()));
    if (gitCredentials != GitCredentialSource.NONE) {
      LOG.info("Git credentials: {}", settings.gitCredentials().description());
    }
    Monitoring monitoring = new Monitoring(clock, nanoTime);
    QueueBackend backend =
        MeteredBackend.of(
            settings
                .backend()
                .build(
                    new BackendEnvironment(
                        settings.rules(), settings.dataDirectory(), storeTime, failStop::fail)),
            monitoring.times(),
            monitoring.outcomes());
    environment.lifecycle().manage(new AutoCloseableManager(backend));
    return new Node(
        settings, environment, clock, nanoTime, failStop, monitoring, gitCredentials, backend);
  }
}
