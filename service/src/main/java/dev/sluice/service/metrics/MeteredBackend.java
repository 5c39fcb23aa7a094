package dev.sluice.service.metrics;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Decided;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Refusal;
import dev.sluice.service.control.AuditedCall;
import dev.sluice.service.errors.Refusals;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Times all operations of a backend, counts their answers, and logs audited calls. */
final class MeteredBackend {

  private static final Object[] NO_ARGUMENTS = {};

  private final Meters meters;
  private final Outcomes outcomes;
  private final LongSupplier nanoTime;

  MeteredBackend(Meters meters, Outcomes outcomes, LongSupplier nanoTime) {
    this.meters = meters;
    this.outcomes = outcomes;
    this.nanoTime = nanoTime;
  }

  QueueBackend of(QueueBackend backend) {
    Map<Method, Object> subjects = new HashMap<>();
    for (Method method : QueueBackend.class.getMethods()) {
      if (method.getReturnType().isInterface()) {
        subjects.put(method, subject(method, backend));
      }
    }
    return proxy(
        QueueBackend.class,
        (proxy, method, arguments) -> {
          Object subject = subjects.get(method);
          return subject == null ? call(method, backend, arguments) : subject;
        });
  }

  private Object subject(Method of, QueueBackend backend) {
    try {
      return metered(of.getReturnType(), of.getName(), of.invoke(backend));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> T metered(Class<T> contract, String subject, Object target) {
    Map<Method, Timed> operations = new HashMap<>();
    for (Method method : contract.getMethods()) {
      operations.put(method, new Timed(subject + "." + method.getName(), method));
    }
    return proxy(
        contract,
        (proxy, method, arguments) -> {
          Timed operation = operations.get(method);
          return operation == null // one of Object's own
              ? call(method, target, arguments)
              : operation.call(method, target, arguments);
        });
  }

  private static <T> T proxy(Class<T> contract, InvocationHandler handler) {
    return contract.cast(
        Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract}, handler));
  }

  private static @Nullable Object call(Method method, Object target, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  /** The series of its times starts with the first call. */
  private final class Timed {
    private final String name;
    private final Outcomes.Look look;
    private final @Nullable AuditedCall audited;
    private volatile @Nullable DistributionDataPoint seconds;

    Timed(String name, Method operation) {
      this.name = name;
      this.look = outcomes.of(name);
      this.audited = AuditedCall.of(name, operation);
      meters.storeFailures.initLabelValues(name);
    }

    @Nullable Object call(Method method, Object target, Object @Nullable [] arguments)
        throws Throwable {
      long start = nanoTime.getAsLong();
      try {
        Object answer = MeteredBackend.call(method, target, arguments);
        Object value = answer instanceof Decided<?> decided ? decided.value() : answer;
        look.at(arguments == null ? NO_ARGUMENTS : arguments, value);
        if (audited != null) {
          audited.log(Objects.requireNonNull(arguments), Objects.requireNonNull(value));
        }
        return answer;
      } catch (BackendUnavailableException e) {
        meters.storeFailures.labelValues(name).inc();
        throw e;
      } catch (RuntimeException e) {
        Refusal refusal = Refusals.kind(e);
        if (refusal != null) {
          outcomes.refused(refusal);
        }
        throw e;
      } finally {
        seconds().observe((nanoTime.getAsLong() - start) / 1e9);
      }
    }

    private DistributionDataPoint seconds() {
      DistributionDataPoint known = seconds;
      if (known == null) {
        known = meters.storeSeconds.labelValues(name);
        seconds = known;
      }
      return known;
    }
  }
}
