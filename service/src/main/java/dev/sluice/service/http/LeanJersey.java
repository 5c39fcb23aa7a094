package dev.sluice.service.http;

import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.DropwizardResourceConfig;
import io.dropwizard.jersey.validation.HibernateValidationBinder;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jspecify.annotations.Nullable;

/**
 * Jersey with all that is registered, but without parts of Dropwizard that this service has no use
 * for: a list of all paths for the log, timers for annotated methods, and a validator of
 * parameters.
 *
 * <p>It is made while the server already takes direct calls. Other calls wait for it. So does the
 * start, which fails if Jersey can't be made.
 */
public final class LeanJersey extends ServletContainer {

  private static final long serialVersionUID = 1L;

  private final transient ResourceConfig registered;
  private final transient Components lean;
  private final transient FutureTask<@Nullable Void> made =
      new FutureTask<>(
          () -> {
            make();
            return null;
          });

  private LeanJersey(ResourceConfig registered, Components lean) {
    super(lean);
    this.registered = registered;
    this.lean = lean;
  }

  /** Returns the configuration to which resources and providers are added. */
  public static ResourceConfig install(Environment environment) {
    // The resources are the same at each start, and the tests of the API call each.
    environment.jersey().property(ServerProperties.RESOURCE_VALIDATION_DISABLE, true);
    Components lean = new Components();
    environment
        .jersey()
        .replace(
            registered -> {
              LeanJersey jersey = new LeanJersey(registered, lean);
              environment.lifecycle().addServerLifecycleListener(server -> jersey.await());
              return jersey;
            });
    return lean;
  }

  @Override
  public void init() {
    Thread maker = new Thread(made, "sluice-jersey");
    maker.setDaemon(true);
    maker.start();
  }

  private void make() throws ServletException {
    lean.addProperties(registered.getProperties());
    registered.getClasses().forEach(lean::register);
    registered.getInstances().stream().filter(LeanJersey::isOfUse).forEach(lean::register);
    lean.bindResources();
    super.init();
  }

  @Override
  public void service(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    await();
    super.service(request, response);
  }

  private void await() {
    try {
      made.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("Jersey can't be made", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static boolean isOfUse(Object component) {
    boolean dropwizards =
        component.getClass().getName().startsWith(DropwizardResourceConfig.class.getPackageName());
    return !(component instanceof HibernateValidationBinder)
        && !(dropwizards && component instanceof ApplicationEventListener);
  }

  /** Resources are registered by their classes: Jersey takes instances for providers, and warns. */
  private static final class Components extends ResourceConfig {

    private final List<Object> resources = new ArrayList<>();

    @Override
    public ResourceConfig register(Object component) {
      if (component.getClass().isAnnotationPresent(Path.class)) {
        resources.add(component);
        return register(component.getClass());
      }
      return super.register(component);
    }

    void bindResources() {
      register(
          new AbstractBinder() {
            @Override
            protected void configure() {
              resources.forEach(resource -> bind(resource).to((Type) resource.getClass()));
            }
          });
    }
  }
}
