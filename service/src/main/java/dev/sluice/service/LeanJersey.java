package dev.sluice.service;

import io.dropwizard.jersey.DropwizardResourceConfig;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.jersey.validation.HibernateValidationBinder;
import jakarta.servlet.ServletException;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.servlet.ServletContainer;

/**
 * Jersey with all that is registered, but without parts of Dropwizard that this service has no use
 * for: a list of all paths for the log, timers for annotated methods, and a validator of
 * parameters.
 */
final class LeanJersey extends ServletContainer {

  private static final long serialVersionUID = 1L;

  private final transient ResourceConfig registered;
  private final transient ResourceConfig lean;

  private LeanJersey(ResourceConfig registered, ResourceConfig lean) {
    super(lean);
    this.registered = registered;
    this.lean = lean;
  }

  static void install(JerseyEnvironment jersey) {
    // The resources are the same at each start, and the tests of the API call each.
    jersey.property(ServerProperties.RESOURCE_VALIDATION_DISABLE, true);
    jersey.replace(registered -> new LeanJersey(registered, new ResourceConfig()));
  }

  @Override
  public void init() throws ServletException {
    lean.addProperties(registered.getProperties());
    registered.getClasses().forEach(lean::register);
    registered.getInstances().stream().filter(LeanJersey::isOfUse).forEach(lean::register);
    super.init();
  }

  private static boolean isOfUse(Object component) {
    boolean dropwizards =
        component.getClass().getName().startsWith(DropwizardResourceConfig.class.getPackageName());
    return !(component instanceof HibernateValidationBinder)
        && !(dropwizards && component instanceof ApplicationEventListener);
  }
}
