package dev.sluice.admin;

import io.dropwizard.core.Configuration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.views.common.ViewBundle;

/** Serves the dashboard. So far that is its front door, which tells a visitor where to go on. */
public final class AdminBundle implements ConfiguredBundle<Configuration> {

  @Override
  public void initialize(Bootstrap<?> bootstrap) {
    bootstrap.addBundle(new ViewBundle<>());
  }

  @Override
  public void run(Configuration configuration, Environment environment) {
    environment.jersey().register(new FrontDoorResource());
  }
}
