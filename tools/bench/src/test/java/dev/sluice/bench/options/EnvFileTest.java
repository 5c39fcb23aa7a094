package dev.sluice.bench.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {

  @TempDir Path directory;

  @Test
  void readsAssignments() throws Exception {
    assertThat(
            read(
                """
                # what the first start made

                SLUICE_API_KEY=rsk_live_a=b
                export SLUICE_REGISTRATION_TOKEN = "rsk_live_r"
                  WORKER_API_KEY='legacy'\s\s
                EMPTY=
                ODD="half
                SLUICE_API_KEY=rsk_live_last
                """))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "SLUICE_API_KEY", "rsk_live_last",
                "SLUICE_REGISTRATION_TOKEN", "rsk_live_r",
                "WORKER_API_KEY", "legacy",
                "EMPTY", "",
                "ODD", "\"half"));
  }

  @Test
  void windowsLineEndsAreNoPartOfAValue() throws Exception {
    assertThat(read("A=1\r\nB=2\r\n")).isEqualTo(Map.of("A", "1", "B", "2"));
  }

  @Test
  void aWrongLineIsNamedByNumberAndNotShown() {
    assertThatThrownBy(() -> read("A=1\nrsk_live_secret\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    Path missing = directory.resolve("nowhere.env");
    assertThatThrownBy(() -> EnvFile.read(missing))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(missing.toString());
  }

  private Map<String, String> read(String content) throws Exception {
    return EnvFile.read(Files.writeString(directory.resolve("credentials.env"), content));
  }
}
