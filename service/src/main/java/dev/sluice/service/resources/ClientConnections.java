package dev.sluice.service.resources;

import io.dropwizard.core.setup.Environment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.function.Function;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jspecify.annotations.Nullable;

/** Jersey's own lookup of the servlet request takes 5 % of an empty poll. */
public final class ClientConnections implements ValueParamProvider {

  private static final String REQUEST = ClientConnections.class.getName();

  private ClientConnections() {}

  /** For all paths: a worker may be named {@code ..}, so no path prefix is reliable. */
  public static void install(Environment environment, ResourceConfig jersey) {
    environment
        .servlets()
        .addFilter(
            "client-connections",
            (request, response, chain) -> {
              request.setAttribute(REQUEST, request);
              chain.doFilter(request, response);
            })
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    jersey.register(
        new AbstractBinder() {
          @Override
          protected void configure() {
            bind(new ClientConnections()).to(ValueParamProvider.class);
          }
        });
  }

  @Override
  public @Nullable Function<ContainerRequest, ?> getValueProvider(Parameter parameter) {
    return parameter.getRawType() == ClientConnection.class
        ? call -> ClientConnection.of((HttpServletRequest) call.getProperty(REQUEST))
        : null;
  }

  @Override
  public PriorityType getPriority() {
    return Priority.HIGH;
  }
}
