package dev.sluice.service;

import dev.sluice.admin.FindingSettings;
import dev.sluice.backend.QueueBackend;
import dev.sluice.service.findings.Webhook;
import dev.sluice.service.resources.operator.FindingResource;
import io.dropwizard.core.setup.Environment;
import java.time.Clock;
import org.glassfish.jersey.server.ResourceConfig;

final class FindingSetup {

  private FindingSetup() {}

  /** Installs calls and webhook. */
  static FindingSettings install(
      Environment environment,
      ResourceConfig jersey,
      SluiceConfiguration configuration,
      QueueBackend backend,
      Clock clock) {
    jersey.register(new FindingResource(backend.findings(), clock));
    Webhook.of(configuration.findings().webhook(), backend, clock)
        .forEach(environment.lifecycle()::manage);
    return configuration.findings().settings(configuration.rules().leaseMs());
  }
}
