package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.QueueBackendFactory;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.queues.Counts;
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
        "{'type': 'hazelcast'}",
        "{'type': 'hazelcast', 'hazelcast': null}",
        "{'type': 'hazelcast', 'hazelcast': {}, 'redis': {'uri': 'redis://elsewhere'}}",
        "{'type': 'hazelcast', 'hazelcast': {'durable': null, 'cluster': null}}",
        "{'type': 'hazelcast', 'hazelcast': {'durable': true}}"
      })
  void needs_only_its_type(String config) throws Exception {
    QueueBackendFactory factory = read(config);

    assertThat(factory).isInstanceOf(HazelcastBackendFactory.class);
    assertThat(factory.description()).contains("embedded", "is on disk");
  }

  @Test
  void an_unknown_setting_is_an_error() {
    assertThatThrownBy(() -> read("{'type': 'hazelcast', 'hazelcast': {'durabel': true}}"))
        .isInstanceOf(JsonMappingException.class)
        .hasMessageContaining("durabel");
  }

  @Test
  void without_durability_it_writes_no_file() throws Exception {
    QueueBackendFactory factory = read("{'type': 'hazelcast', 'hazelcast': {'durable': false}}");

    assertThat(factory.description()).contains("in memory");
    factory.build(environment("none")).close();
    assertThat(directory.resolve("none")).doesNotExist();
  }

  @Test
  void a_durable_backend_restores_its_data() throws Exception {
    try (QueueBackend first = read("{'type': 'hazelcast'}").build(environment("again"))) {
      first.credentials().signingSecret("one");
    }
    try (QueueBackend second = read("{'type': 'hazelcast'}").build(environment("again"))) {
      assertThat(second.credentials().signingSecret("other")).isEqualTo("one");
      assertThat(second.upkeep().health().healthy()).isTrue();
    }
  }

  @Test
  void a_second_backend_in_the_same_directory_is_refused() throws Exception {
    try (QueueBackend first = read("{'type': 'hazelcast'}").build(environment("taken"))) {
      assertThatThrownBy(() -> read("{'type': 'hazelcast'}").build(environment("taken")))
          .isInstanceOf(BackendUnavailableException.class)
          .hasMessageContaining("in use by another Sluice process");
      assertThat(first.upkeep().health().healthy()).isTrue();
    }
  }

  @Test
  void a_failed_start_releases_the_directory() throws Exception {
    StoreTime broken =
        () -> {
          throw new IllegalStateException("no time");
        };
    BackendEnvironment half =
        new BackendEnvironment(Rules.DEFAULTS, directory.resolve("half"), broken);

    assertThatThrownBy(() -> read("{'type': 'hazelcast'}").build(half))
        .hasMessageContaining("no time");

    read("{'type': 'hazelcast'}").build(environment("half")).close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'members': []} | cluster.members must name two members",
        "{'members': ['127.0.0.1']} | cluster.members must name two members",
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
        .hasMessageContaining("a copy of all on each member");
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

  @Test
  void two_backends_in_one_process_are_separate() throws Exception {
    try (QueueBackend one = read("{'type': 'hazelcast'}").build(environment("one"));
        QueueBackend other = read("{'type': 'hazelcast'}").build(environment("other"))) {
      one.credentials().signingSecret("one");

      assertThat(other.credentials().signingSecret("other")).isEqualTo("other");
      assertThat(one.credentials().signingSecret("again")).isEqualTo("one");
      assertThat(one.upkeep().health().healthy()).isTrue();
      assertThat(one.work().counts("org")).isEqualTo(new Counts(0, 0, 0, 0, 0, 0));
    }
  }

  private static QueueBackendFactory read(String config) throws Exception {
    return MAPPER.readValue(config.replace('\'', '"'), QueueBackendFactory.class);
  }
}
