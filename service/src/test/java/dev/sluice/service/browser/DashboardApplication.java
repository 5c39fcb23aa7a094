package dev.sluice.service.browser;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.QueueBackendFactory;
import dev.sluice.service.SluiceApplication;
import dev.sluice.service.config.SluiceConfiguration;
import dev.sluice.service.http.SluiceServer;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.time.Clock;
import java.util.OptionalLong;

public final class DashboardApplication extends SluiceApplication {

  @Override
  public void initialize(Bootstrap<SluiceConfiguration> bootstrap) {
    super.initialize(bootstrap);
    bootstrap.getObjectMapper().addMixIn(SluiceConfiguration.class, Timed.class);
  }

  @Override
  protected Clock clock() {
    return SceneTime.CLOCK;
  }

  static QueueBackend backend(SluiceServer server) {
    return ((TimedFactory) server.configuration().backend()).backend;
  }

  private abstract static class Timed {
    @JsonProperty
    @JsonDeserialize(using = ReadTimed.class)
    QueueBackendFactory backend;
  }

  private static final class ReadTimed extends JsonDeserializer<QueueBackendFactory> {
    @Override
    public QueueBackendFactory deserializeWithType(
        JsonParser parser, DeserializationContext context, TypeDeserializer byType)
        throws IOException {
      return new TimedFactory(
          (QueueBackendFactory) byType.deserializeTypedFromAny(parser, context));
    }

    @Override
    public QueueBackendFactory deserialize(JsonParser parser, DeserializationContext context) {
      throw new IllegalStateException("the type stands in the configuration");
    }
  }

  private static final class TimedFactory implements QueueBackendFactory {
    private final QueueBackendFactory factory;
    private QueueBackend backend;

    TimedFactory(QueueBackendFactory factory) {
      this.factory = factory;
    }

    @Override
    public QueueBackend build(BackendEnvironment given) {
      backend =
          factory.build(
              new BackendEnvironment(
                  given.rules(),
                  given.dataDirectory(),
                  () -> OptionalLong.of(SceneTime.CLOCK.millis())));
      return backend;
    }

    @Override
    public String description() {
      return factory.description();
    }
  }
}
