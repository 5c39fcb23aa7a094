package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.Counts;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.QueueBackendFactory;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HazelcastBackendFactoryTest {

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'hazelcast'}",
        "{'type': 'hazelcast', 'hazelcast': null}",
        "{'type': 'hazelcast', 'hazelcast': {}, 'redis': {'uri': 'redis://elsewhere'}}",
        "{'type': 'hazelcast', 'hazelcast': {'durable': null, 'cluster': null}}",
        "{'type': 'hazelcast', 'hazelcast': {'durable': false}}"
      })
  void is_found_by_its_type_and_needs_nothing_else(String config) throws Exception {
    QueueBackendFactory factory = read(config);

    assertThat(factory).isInstanceOf(HazelcastBackendFactory.class);
    assertThat(factory.description()).contains("Hazelcast", "in memory");
  }

  @Test
  void an_unknown_key_of_its_own_is_an_error() {
    assertThatThrownBy(() -> read("{'type': 'hazelcast', 'hazelcast': {'durabel': true}}"))
        .isInstanceOf(JsonMappingException.class)
        .hasMessageContaining("durabel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'members': ['10.0.0.1']}", "true"})
  void a_cluster_is_refused_by_name(String cluster) throws Exception {
    QueueBackendFactory factory =
        read("{'type': 'hazelcast', 'hazelcast': {'cluster': " + cluster + "}}");

    assertThatThrownBy(() -> factory.build(ENVIRONMENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backend.hazelcast.cluster")
        .hasMessageContaining("isn't served yet");
  }

  @Test
  void durability_is_refused_by_name() throws Exception {
    QueueBackendFactory factory = read("{'type': 'hazelcast', 'hazelcast': {'durable': true}}");

    assertThatThrownBy(() -> factory.build(ENVIRONMENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backend.hazelcast.durable")
        .hasMessageContaining("isn't served yet");
  }

  @Test
  void two_in_one_process_know_nothing_of_each_other() throws Exception {
    try (QueueBackend one = read("{'type': 'hazelcast'}").build(ENVIRONMENT);
        QueueBackend other = read("{'type': 'hazelcast'}").build(ENVIRONMENT)) {
      one.credentials().signingSecret("one");

      assertThat(other.credentials().signingSecret("other")).isEqualTo("other");
      assertThat(one.credentials().signingSecret("again")).isEqualTo("one");
      assertThat(one.upkeep().health().healthy()).isTrue();
      assertThat(one.work().counts("org").value()).isEqualTo(new Counts(0, 0, 0, 0, 0, 0));
    }
  }

  private static QueueBackendFactory read(String config) throws Exception {
    return MAPPER.readValue(config.replace('\'', '"'), QueueBackendFactory.class);
  }
}
