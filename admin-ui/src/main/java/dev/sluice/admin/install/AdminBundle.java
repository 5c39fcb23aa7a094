package dev.sluice.admin.install;

import io.dropwizard.core.Configuration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.views.common.ViewBundle;

/**
 * Registers the view renderer; {@link AdminPages#install} adds the pages once the store is open.
 */
public final class AdminBundle implements ConfiguredBundle<Configuration> {

  @Override
  public void initialize(Bootstrap<?> bootstrap) {
    bootstrap.addBundle(new ViewBundle<>());
  }

  @Override
  public void run(Configuration configuration, Environment environment) {
    // All there is to do is done by AdminPages.
  }
}
