package dev.sluice.service.auth.http;

import dev.sluice.service.auth.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Registered as a provider so that the container injects the request of the current thread. */
public final class CurrentClient implements DynamicFeature {

  @Context private @Nullable HttpServletRequest connection;
  private final ThreadLocal<@Nullable Supplier<String>> early = new ThreadLocal<>();

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {}

  /** Runs a task for a call that the container doesn't serve, or not yet. */
  public <T> T at(Supplier<String> remoteAddress, Supplier<T> task) {
    early.set(remoteAddress);
    try {
      return task.get();
    } finally {
      early.remove();
    }
  }

  public String address() {
    Supplier<String> remote = early.get();
    if (remote != null) {
      return ClientAddress.of(remote.get());
    }
    if (connection == null) {
      throw new IllegalStateException("not registered with the container");
    }
    return ClientAddress.of(connection.getRemoteAddr());
  }
}
