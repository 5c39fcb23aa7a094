package dev.sluice.admin;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.store.QueueBackend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;

public final class SwitchedBackend {

  private final QueueBackend there;
  private final AtomicLong calls = new AtomicLong();
  private volatile boolean away;

  SwitchedBackend(QueueBackend there) {
    this.there = there;
  }

  public QueueBackend there() {
    return there;
  }

  public void away(boolean now) {
    away = now;
  }

  public long calls() {
    return calls.get();
  }

  QueueBackend backend() {
    return switched(QueueBackend.class, there, false);
  }

  private <T> T switched(Class<T> type, T part, boolean counted) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (counted) {
                calls.incrementAndGet();
              }
              if (counted && away) {
                throw new BackendUnavailableException("away", false, new IllegalStateException());
              }
              try {
                Object answer = method.invoke(part, arguments);
                return counted ? answer : part(method.getReturnType(), answer);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }

  private <T> Object part(Class<T> type, Object answer) {
    return type.isInterface() ? switched(type, type.cast(answer), true) : answer;
  }
}
