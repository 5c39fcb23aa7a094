package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.QueueBackendFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HazelcastBackendFactoryTest {

  /** Strict, like Dropwizard's, with the registered factories. */
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  static {
    for (QueueBackendFactory listed : ServiceLoader.load(QueueBackendFactory.class)) {
      MAPPER.registerSubtypes(listed.getClass());
    }
  }

  @TempDir private static Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'hazelcast', 'hazelcast': {'cluster': {'members': ['127.0.0.1']}}}",
        "{'type': 'hazelcast', 'hazelcast': {'cluster': {'members': '127.0.0.1'}, 'durable': false},"
            + " 'embedded': {}, 'redis': {'uri': 'redis://elsewhere'}}"
      })
  void one_member_runs_alone_and_writes_no_file(String config) throws Exception {
    QueueBackendFactory factory = read(config);

    assertThat(factory.nodes()).isEqualTo(1);
    assertThat(factory.description()).contains("one member", "in memory");
    try (QueueBackend backend = factory.build(environment("none"))) {
      assertThat(backend.upkeep().health().healthy()).isTrue();
    }
    assertThat(directory.resolve("none")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'hazelcast'}",
        "{'type': 'hazelcast', 'hazelcast': null}",
        "{'type': 'hazelcast', 'hazelcast': {'durable': false, 'cluster': null}}"
      })
  void without_a_cluster_it_says_what_to_write(String config) throws Exception {
    QueueBackendFactory factory = read(config);

    assertThatThrownBy(() -> factory.build(environment("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("backend.hazelcast.cluster is missing")
        .hasMessageContaining("write backend.type: embedded");
  }

  @Test
  void an_unknown_setting_is_an_error() {
    assertThatThrownBy(() -> read("{'type': 'hazelcast', 'hazelcast': {'durabel': true}}"))
        .isInstanceOf(JsonMappingException.class)
        .hasMessageContaining("durabel");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'members': []} | cluster.members must name the members",
        "{'members': ['10.0.0.1']} | name the other members too, or write 127.0.0.1",
        "{'members': ['a b']} | cluster.members must hold host",
        "{'members': ['127.0.0.1', 'a b']} | cluster.members must hold host",
        "{'members': ['127.0.0.1', '127.0.0.1:5701']} | names a member twice",
        "{'members': ['127.0.0.1:1', '127.0.0.1:2']} | cluster.address",
        "{'members': ['240.0.0.1', '240.0.0.2']} | no address of this machine",
        "{'members': ['127.0.0.1:1', '240.0.0.2']} | cluster.secret is missing",
        "{'members': ['127.0.0.1:1', '240.0.0.2'], 'secret': ' '} | cluster.secret is missing",
        "{'members': ['127.0.0.1:1', '240.0.0.2'], 'secret': 'short'} | at least 32 characters",
        "{'members': ['127.0.0.1:1', '240.0.0.2'], 'secret': 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'} |"
            + " 8 of them different",
      })
  void an_invalid_cluster_is_refused_by_name(String cluster, String why) throws Exception {
    QueueBackendFactory factory =
        read("{'type': 'hazelcast', 'hazelcast': {'cluster': " + cluster + "}}");

    assertThatThrownBy(() -> factory.build(environment("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backend.hazelcast.cluster")
        .hasMessageContaining(why);
  }

  @Test
  void durability_in_a_cluster_is_refused_with_the_reason() throws Exception {
    QueueBackendFactory factory =
        read(
            "{'type': 'hazelcast', 'hazelcast': {'durable': true,"
                + " 'cluster': {'members': ['127.0.0.1:1', '127.0.0.1:2']}}}");

    assertThatThrownBy(() -> factory.build(environment("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backend.hazelcast.durable")
        .hasMessageContaining("a copy of all on each member")
        .hasMessageContaining("Remove durable, or write backend.type: embedded");
  }

  @Test
  void settings_of_the_embedded_store_are_refused() throws Exception {
    QueueBackendFactory factory =
        read(
            "{'type': 'hazelcast', 'embedded': {'durable': true},"
                + " 'hazelcast': {'cluster': {'members': ['127.0.0.1']}}}");

    assertThatThrownBy(() -> factory.build(environment("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backend.embedded.durable is set")
        .hasMessageContaining("remove backend.embedded, or write backend.type: embedded");
  }

  @Test
  void from_three_members_on_a_majority_is_needed() {
    assertThat(quorum(2)).isEqualTo(1);
    assertThat(quorum(3)).isEqualTo(2);
    assertThat(quorum(4)).isEqualTo(3);
    assertThat(quorum(5)).isEqualTo(3);
  }

  private static int quorum(int members) {
    List<String> all = IntStream.range(0, members).mapToObj(i -> "10.0.0." + i).toList();
    return new ClusterOptions(all, null, null, null, null).quorum();
  }

  private static BackendEnvironment environment(String folder) {
    return new BackendEnvironment(Rules.DEFAULTS, directory.resolve(folder), StoreTime.STORE);
  }

  private static QueueBackendFactory read(String config) throws Exception {
    return MAPPER.readValue(config.replace('\'', '"'), QueueBackendFactory.class);
  }
}
