package dev.sluice.service.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.FilesCheck;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.QueueBackendFactory;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the block {@code backend}, also as release 0.1.0 wrote it: there the embedded store was
 * {@code hazelcast} without {@code cluster}. The release after 0.2 refuses that, and this class
 * goes.
 */
final class FormerBackendType extends JsonDeserializer<QueueBackendFactory> {

  private static final Logger LOG = LoggerFactory.getLogger(FormerBackendType.class);

  private static final String FORMER = "hazelcast";
  private static final String CLUSTER = "cluster";
  private static final String DURABLE = "durable";

  @Override
  public QueueBackendFactory deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    JsonNode backend = context.readTree(parser);
    String advice = backend instanceof ObjectNode block ? translate(block) : "";
    QueueBackendFactory factory = context.readTreeAsValue(backend, QueueBackendFactory.class);
    return advice.isEmpty() ? factory : new Translated(factory, advice);
  }

  @Override
  public QueueBackendFactory deserializeWithType(
      JsonParser parser, DeserializationContext context, TypeDeserializer type) throws IOException {
    return deserialize(parser, context);
  }

  /** Returns what to write instead, empty if the block is as of today. */
  private static String translate(ObjectNode backend) {
    JsonNode settings = backend.path(FORMER);
    if (!backend.path("type").asText().equals(FORMER)
        || settings.hasNonNull(CLUSTER)
        || !onlyKnown(settings)) {
      return "";
    }
    String durable = settings.hasNonNull(DURABLE) ? settings.get(DURABLE).asText() : "";
    switch (durable) {
      case "", "true" -> {
        backend.put("type", "embedded");
        return "write backend.type: embedded, which opens the same data directory"
            + (durable.isEmpty() ? "" : ", and remove backend.hazelcast.durable");
      }
      case "false" -> {
        backend.putObject(FORMER).putObject(CLUSTER).putArray("members").add("127.0.0.1");
        return "write backend.type: memory instead of backend.hazelcast.durable: false, or"
            + " backend.hazelcast.cluster.members: [127.0.0.1] for one Hazelcast member";
      }
      default -> {
        return "";
      }
    }
  }

  /** Anything else is a mistake, which the store itself names. */
  private static boolean onlyKnown(JsonNode settings) {
    return settings.isMissingNode()
        || settings.isNull()
        || settings.isObject()
            && settings.properties().stream()
                .allMatch(setting -> Set.of(CLUSTER, DURABLE).contains(setting.getKey()));
  }

  private record Translated(QueueBackendFactory factory, String advice)
      implements QueueBackendFactory {

    @Override
    public QueueBackend build(BackendEnvironment environment) {
      LOG.warn(
          "backend.type: hazelcast without backend.hazelcast.cluster is how release 0.1.0 named the"
              + " embedded store, and the next release refuses it: {}",
          advice);
      return factory.build(environment);
    }

    @Override
    public void prepare() throws Exception {
      factory.prepare();
    }

    @Override
    public FilesCheck checkFiles(BackendEnvironment environment, boolean acceptLoss) {
      return factory.checkFiles(environment, acceptLoss);
    }

    @Override
    public int nodes() {
      return factory.nodes();
    }

    @Override
    public String description() {
      return factory.description();
    }
  }
}
