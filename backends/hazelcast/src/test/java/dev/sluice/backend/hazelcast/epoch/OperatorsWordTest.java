package dev.sluice.backend.hazelcast.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperatorsWordTest {

  @TempDir private Path directory;

  @Test
  void it_counts_once() throws IOException {
    OperatorsWord word = new OperatorsWord(directory);
    assertThat(word.take()).isNull();
    Files.createFile(directory.resolve("cluster-accept"));

    assertThat(word.take()).isEqualTo(System.getProperty("user.name"));
    assertThat(word.take()).isNull();
  }

  @Test
  void one_that_cannot_be_deleted_would_count_again_and_does_not() throws IOException {
    Files.createDirectories(directory.resolve("cluster-accept").resolve("full"));

    assertThat(new OperatorsWord(directory).take()).isNull();
  }
}
