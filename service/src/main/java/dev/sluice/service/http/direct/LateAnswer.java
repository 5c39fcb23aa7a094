package dev.sluice.service.http.direct;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.TimeoutHandler;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The part of {@link AsyncResponse} that no resource here uses. */
abstract class LateAnswer implements AsyncResponse {

  @Override
  public final boolean cancel() {
    throw unsupported();
  }

  @Override
  public final boolean cancel(int retryAfter) {
    throw unsupported();
  }

  @Override
  public final boolean cancel(Date retryAfter) {
    throw unsupported();
  }

  @Override
  public final boolean isSuspended() {
    return !isDone();
  }

  @Override
  public final boolean isCancelled() {
    return false;
  }

  @Override
  public final boolean setTimeout(long time, TimeUnit unit) {
    throw unsupported();
  }

  @Override
  public final void setTimeoutHandler(TimeoutHandler handler) {
    throw unsupported();
  }

  @Override
  public final Collection<Class<?>> register(Class<?> callback) {
    throw unsupported();
  }

  @Override
  public final Map<Class<?>, Collection<Class<?>>> register(
      Class<?> callback, Class<?>... callbacks) {
    throw unsupported();
  }

  @Override
  public final Collection<Class<?>> register(Object callback) {
    throw unsupported();
  }

  @Override
  public final Map<Class<?>, Collection<Class<?>>> register(Object callback, Object... callbacks) {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("not for direct calls");
  }
}
