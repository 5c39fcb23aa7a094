package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.QueueBackendFactory;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class RedisBackendFactoryTest {

  /** As Dropwizard reads configuration files: strictly, with the factories that are listed. */
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  static {
    for (QueueBackendFactory listed : ServiceLoader.load(QueueBackendFactory.class)) {
      MAPPER.registerSubtypes(listed.getClass());
    }
  }

  private static final BackendEnvironment ENVIRONMENT =
      new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), StoreTime.STORE);

  @Test
  void isFoundByItsTypeAndNeedsNothingElse() throws Exception {
    QueueBackendFactory factory = read("{'type': 'redis', 'hazelcast': {'whatever': 1}}");
    assertThat(factory).isInstanceOf(RedisBackendFactory.class);
    RedisSettings settings = ((RedisBackendFactory) factory).settings();
    assertThat(settings.address()).hasToString("127.0.0.1:6379/0");
    assertThat(settings.poolSize()).isEqualTo(64);
    assertThat(settings.timeoutMs()).isEqualTo(1_000);
  }

  @Test
  void anUnknownKeyOfItsOwnIsAnError() {
    assertThatThrownBy(() -> read("{'type': 'redis', 'redis': {'url': 'redis://127.0.0.1'}}"))
        .isInstanceOf(JsonMappingException.class)
        .hasMessageContaining("url");
  }

  @Test
  void whatCanNotWorkIsRefusedByItsName() throws Exception {
    assertRefused("{'cluster': []}", "backend.redis.cluster");
    assertRefused("{'cluster': ['one']}", "backend.redis.cluster");
    assertRefused("{'cluster': ['a:1'], 'uri': 'redis://a/3'}", "backend.redis.uri");
    assertRefused("{'sentinel': {'master': ' ', 'nodes': ['a:1']}}", "sentinel.master");
    assertRefused("{'sentinel': {'master': 'm', 'nodes': []}}", "sentinel.nodes");
    assertRefused("{'sentinel': {'master': 'm', 'nodes': ['a']}}", "sentinel.nodes");
    assertRefused(
        "{'cluster': ['a:1'], 'sentinel': {'master': 'm', 'nodes': ['a:1']}}",
        "exclude each other");
  }

  private static void assertRefused(String block, String named) throws Exception {
    QueueBackendFactory factory = read("{'type': 'redis', 'redis': " + block + "}");
    assertThatThrownBy(() -> factory.build(ENVIRONMENT))
        .as(block)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void sentinelsAndClustersThatAreAwayAreNoReasonToFailAtStart() throws Exception {
    for (String block :
        new String[] {
          "{'cluster': ['127.0.0.1:1']}",
          "{'sentinel': {'master': 'm', 'nodes': ['127.0.0.1:1'], 'password': 's3cret'}}"
        }) {
      QueueBackendFactory factory = read("{'type': 'redis', 'redis': " + block + "}");
      assertThat(factory.description()).contains("127.0.0.1:1").doesNotContain("s3cret");
      try (QueueBackend backend = factory.build(ENVIRONMENT)) {
        assertThatThrownBy(() -> backend.work().counts("org"))
            .isInstanceOf(BackendUnavailableException.class)
            .hasMessageNotContaining("s3cret");
        assertThat(backend.upkeep().health().healthy()).isFalse();
      }
    }
  }

  @Test
  void aSecretInTheUriIsNeverShown() throws Exception {
    QueueBackendFactory factory =
        read("{'type': 'redis', 'redis': {'uri': 'redis://user:s3cret@127.0.0.1:1/0'}}");
    assertThat(factory.description()).contains("127.0.0.1").doesNotContain("s3cret");
    QueueBackendFactory broken =
        read("{'type': 'redis', 'redis': {'uri': 'http://user:s3cret@127.0.0.1'}}");
    assertThatThrownBy(() -> broken.build(ENVIRONMENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aServerThatIsAwayIsNoReasonToFailAtStart() throws Exception {
    QueueBackendFactory factory =
        read("{'type': 'redis', 'redis': {'uri': 'redis://user:s3cret@127.0.0.1:1/0'}}");
    try (QueueBackend backend = factory.build(ENVIRONMENT)) {
      assertThatThrownBy(() -> backend.work().counts("org"))
          .isInstanceOf(BackendUnavailableException.class)
          .hasMessageNotContaining("s3cret");
    }
  }

  private static QueueBackendFactory read(String json) throws JsonProcessingException {
    return MAPPER.readValue(json.replace('\'', '"'), QueueBackendFactory.class);
  }
}
