package dev.sluice.service.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.QueueBackendFactory;
import dev.sluice.service.config.SluiceConfiguration;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * The service with keys beyond the configuration, a movable clock, and a backend that fails
 * unexpectedly for session ids beginning with {@value #FAULT}.
 */
public class AuthApplication extends AgingApplication {

  public static final String FAULT = "fault-";

  /** The fault's message, which no caller may read. */
  public static final String FAULT_MESSAGE = "the inside of the service";

  private ObservedFactory observed;

  @Override
  public void initialize(Bootstrap<SluiceConfiguration> bootstrap) {
    super.initialize(bootstrap);
    bootstrap.getObjectMapper().addMixIn(SluiceConfiguration.class, Observed.class);
  }

  @Override
  public void run(SluiceConfiguration configuration, Environment environment) {
    observed = (ObservedFactory) configuration.backend();
    super.run(configuration, environment);
  }

  @Override
  protected Clock clock() {
    ObservedFactory factory = observed;
    InstantSource source = () -> Instant.now().plus(factory.ahead);
    return source.withZone(ZoneOffset.UTC);
  }

  /** Sets the clock of a running server ahead, except the store's. */
  public static void setAhead(SluiceServer server, Duration ahead) {
    ((ObservedFactory) server.configuration().backend()).ahead = ahead;
  }

  public static QueueBackend backend(SluiceServer server) {
    return ((ObservedFactory) server.configuration().backend()).backend;
  }

  private abstract static class Observed {
    @JsonProperty
    @JsonDeserialize(using = Observe.class)
    QueueBackendFactory backend;
  }

  private static final class Observe extends JsonDeserializer<QueueBackendFactory> {
    @Override
    public QueueBackendFactory deserializeWithType(
        JsonParser parser, DeserializationContext context, TypeDeserializer byType)
        throws IOException {
      return new ObservedFactory(
          (QueueBackendFactory) byType.deserializeTypedFromAny(parser, context));
    }

    @Override
    public QueueBackendFactory deserialize(JsonParser parser, DeserializationContext context) {
      throw new IllegalStateException("the type stands in the configuration");
    }
  }

  private static final class ObservedFactory implements QueueBackendFactory {
    private final QueueBackendFactory factory;
    private QueueBackend backend;
    private volatile Duration ahead = Duration.ZERO;

    ObservedFactory(QueueBackendFactory factory) {
      this.factory = factory;
    }

    @Override
    public QueueBackend build(BackendEnvironment environment) {
      QueueBackend real = factory.build(environment);
      Sessions sessions = proxy(Sessions.class, real.sessions(), AuthApplication::fail);
      backend =
          proxy(
              QueueBackend.class,
              real,
              (proxy, method, arguments) -> method.getName().equals("sessions") ? sessions : null);
      return backend;
    }

    @Override
    public String description() {
      return factory.description();
    }
  }

  private static Object fail(Object proxy, Method method, Object[] arguments) {
    if (arguments != null
        && Arrays.stream(arguments).anyMatch(each -> String.valueOf(each).startsWith(FAULT))) {
      throw new IllegalStateException(FAULT_MESSAGE);
    }
    return null;
  }

  /** Calls the real object unless the handler answers or throws. */
  private static <T> T proxy(Class<T> type, T real, InvocationHandler first) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer = first.invoke(proxy, method, arguments);
              if (answer != null) {
                return answer;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
