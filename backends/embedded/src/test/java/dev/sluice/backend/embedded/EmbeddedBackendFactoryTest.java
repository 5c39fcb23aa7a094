package dev.sluice.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.QueueBackendFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EmbeddedBackendFactoryTest {

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
        "{'type': 'embedded'}",
        "{'type': 'embedded', 'embedded': null}",
        "{'type': 'embedded', 'embedded': {}, 'redis': {'uri': 'redis://elsewhere'}}",
        "{'type': 'embedded', 'hazelcast': null}",
        "{'type': 'embedded', 'hazelcast': {'durable': false, 'cluster': null}}"
      })
  void needs_only_its_type(String config) throws Exception {
    QueueBackendFactory factory = read(config);

    assertThat(factory).isInstanceOf(EmbeddedBackendFactory.class);
    assertThat(factory.description()).contains("embedded", "is on disk");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'embedded': {'cluster': {'members': ['10.0.0.1', '10.0.0.2']}} |"
            + " backend.embedded.cluster is no setting | write backend.type: hazelcast",
        "'hazelcast': {'cluster': {'members': ['10.0.0.1', '10.0.0.2']}} |"
            + " backend.hazelcast.cluster is set | write backend.type: hazelcast",
        "'embedded': {'durable': false} |"
            + " backend.embedded.durable is no setting | write backend.type: memory",
      },
      quoteCharacter = '~')
  void settings_of_other_stores_are_refused(String block, String why, String what)
      throws Exception {
    QueueBackendFactory factory = read("{'type': 'embedded', " + block + "}");

    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> factory.build(environment("none")),
            () -> factory.checkFiles(environment("none"), false))) {
      assertThatThrownBy(use)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(why)
          .hasMessageContaining(what);
    }
    assertThat(directory.resolve("none")).doesNotExist();
  }

  @Test
  void in_memory_it_writes_no_file() throws Exception {
    QueueBackendFactory factory = read("{'type': 'memory'}");

    assertThat(factory.description()).contains("nothing survives");
    factory.build(environment("none")).close();
    assertThat(directory.resolve("none")).doesNotExist();
  }

  @Test
  void a_durable_backend_restores_its_data() throws Exception {
    try (QueueBackend first = read("{'type': 'embedded'}").build(environment("again"))) {
      first.credentials().signingSecret("one");
    }
    try (QueueBackend second = read("{'type': 'embedded'}").build(environment("again"))) {
      assertThat(second.credentials().signingSecret("other")).isEqualTo("one");
      assertThat(second.upkeep().health().healthy()).isTrue();
    }
  }

  @Test
  void a_second_backend_in_the_same_directory_is_refused() throws Exception {
    try (QueueBackend first = read("{'type': 'embedded'}").build(environment("taken"))) {
      assertThatThrownBy(() -> read("{'type': 'embedded'}").build(environment("taken")))
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

    assertThatThrownBy(() -> read("{'type': 'embedded'}").build(half))
        .hasMessageContaining("no time");

    read("{'type': 'embedded'}").build(environment("half")).close();
  }

  private static BackendEnvironment environment(String folder) {
    return new BackendEnvironment(Rules.DEFAULTS, directory.resolve(folder), StoreTime.STORE);
  }

  @Test
  void two_backends_in_one_process_are_separate() throws Exception {
    try (QueueBackend one = read("{'type': 'embedded'}").build(environment("one"));
        QueueBackend other = read("{'type': 'embedded'}").build(environment("other"))) {
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
