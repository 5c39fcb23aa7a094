package dev.sluice.service;

import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Environment;

/** The entry point of the executable jar. */
public class SluiceApplication extends Application<SluiceConfiguration> {

  public static void main(String[] args) throws Exception {
    new SluiceApplication().run(args);
  }

  @Override
  public String getName() {
    return "sluice";
  }

  @Override
  public void run(SluiceConfiguration configuration, Environment environment) {}
}
