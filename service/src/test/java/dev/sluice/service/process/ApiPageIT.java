package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.redis.RedisServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/api.md} from its first command to its last, as a producer would run it. */
class ApiPageIT {

  /** Commands, and the answer that the page says they get. */
  private static final Pattern BLOCK =
      Pattern.compile("```sh\n(.*?)```\n(?:\n```json\n(.*?)\n```)?", Pattern.DOTALL);

  private static final String END = "@@@ end of a block @@@";

  @TempDir Path directory;

  @Test
  void onTheEmbeddedBackend() throws Exception {
    try (SluiceProcess sluice = SluiceProcess.start(directory, noSecrets())) {
      answersAsThePageSays(sluice);
    }
  }

  @Test
  void onRedis() throws Exception {
    try (RedisServerProcess redis = RedisServerProcess.start();
        SluiceProcess sluice =
            SluiceProcess.start(
                directory, noSecrets(), "backend.type=redis", "backend.redis.uri=" + redis.uri())) {
      answersAsThePageSays(sluice);
    }
  }

  private void answersAsThePageSays(SluiceProcess sluice) throws Exception {
    List<MatchResult> blocks = BLOCK.matcher(page()).results().toList();
    assertThat(blocks).hasSizeGreaterThan(20);
    StringBuilder commands = new StringBuilder();
    for (MatchResult block : blocks) {
      commands
          .append(block.group(1).replace("localhost:8080", "localhost:" + sluice.port()))
          .append("\nprintf '\\n%s\\n' '")
          .append(END)
          .append("'\n");
    }
    String[] answers = shell(commands.toString()).split(END);
    for (int i = 0; i < blocks.size(); i++) {
      String said = blocks.get(i).group(2);
      assertThat(masked(answers[i]))
          .as(blocks.get(i).group(1))
          .isEqualTo(said == null ? "" : masked(said));
    }
  }

  /** Without what differs from run to run: times, and ids and secrets that Sluice made up. */
  private static String masked(String answer) {
    return answer
        .strip()
        .replaceAll("(wkr_|key_|stp_|rsk_live_)[\\w.-]+", "$1")
        .replaceAll("\"nextCursor\":\"[\\w-]+\"", "\"nextCursor\":\"\"")
        .replaceAll("\"id\":\\d+", "\"id\":0")
        .replaceAll("\\d{10,}(-\\d+)?", "TIME")
        // Listed by id, which is random.
        .replaceAll("(?s)\\{\"keys\":\\[(.*)]}", "{\"keys\":[]}");
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/api.md"));
  }

  private String shell(String commands) throws Exception {
    Process shell =
        new ProcessBuilder("bash", "-e", "-c", commands)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(shell.exitValue()).as(output).isZero();
    return output;
  }

  /** The first start of somebody who has set nothing. */
  private static Map<String, String> noSecrets() {
    return Map.of(
        "SLUICE_REGISTRATION_TOKEN", "",
        "SLUICE_API_KEY", "",
        "SLUICE_ADMIN_PASSWORD", "",
        "SLUICE_JWT_SECRET", "",
        "WORKER_API_KEY", "",
        "SLUICE_DATA_DIR", "./data");
  }
}
