package dev.sluice.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariablesTest {

  @TempDir Path directory;

  @Test
  void aValueComesFromTheVariableOrTheFirstLineOfItsFile() throws IOException {
    Path file = Files.writeString(directory.resolve("key"), " from-a-file \r\nmore\n");
    Map<String, String> environment =
        Map.of("PLAIN", "value", "KEPT_FILE", file.toString(), "OTHER", "", "OTHER_FILE", " ");
    Variables variables = new Variables(environment::get);

    assertThat(variables.get("PLAIN")).isEqualTo("value");
    assertThat(variables.get("KEPT")).isEqualTo("from-a-file");
    assertThat(variables.get("OTHER")).isEmpty();
    assertThat(variables.get("ABSENT")).isNull();
    assertThat(variables.substitutor().replace("a: ${KEPT:-}, b: ${ABSENT:-c:/d}, e: ${PLAIN}"))
        .isEqualTo("a: from-a-file, b: c:/d, e: value");
  }

  @Test
  void whatCannotBeReadIsNamedAndNeverShown() throws IOException {
    Path file = Files.writeString(directory.resolve("key"), "secret-in-file");
    refused(
        Map.of("KEY", "secret", "KEY_FILE", file.toString()),
        "KEY and KEY_FILE are both set; unset one");
    Path missing = directory.resolve("missing");
    refused(
        Map.of("KEY_FILE", missing.toString()),
        "KEY_FILE: can't read " + missing + " (NoSuchFileException)");
    Path empty = Files.writeString(directory.resolve("empty"), " \n\n");
    refused(Map.of("KEY_FILE", empty.toString()), "KEY_FILE: " + empty + " is empty");
    refused(
        Map.of("KEY_FILE", directory.toString()),
        "KEY_FILE: can't read " + directory + " (IOException)");
  }

  private static void refused(Map<String, String> environment, String message) {
    assertThatThrownBy(() -> new Variables(environment::get).get("KEY"))
        .isInstanceOf(Variables.UnreadableException.class)
        .hasMessage(message);
  }
}
