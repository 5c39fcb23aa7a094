package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.redis.server.RedisServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/api.md} from first to last command, as a producer would run it. */
class ApiPageIT {

  private static final Pattern BLOCK =
      Pattern.compile("```sh\n(.*?)```\n(?:\n```json\n(.*?)\n```)?", Pattern.DOTALL);

  private static final String END = "@@@ end of a block @@@";

  @TempDir Path directory;

  @Test
  void onTheEmbeddedBackend() throws Exception {
    try (SluiceProcess sluice = SluiceProcess.start(directory, NewcomersShell.noSecrets())) {
      answersAsThePageSays(sluice);
    }
  }

  @Test
  void onRedis() throws Exception {
    try (RedisServerProcess redis = RedisServerProcess.start();
        SluiceProcess sluice =
            SluiceProcess.start(
                directory,
                NewcomersShell.noSecrets(),
                "backend.type=redis",
                "backend.redis.uri=" + redis.uri())) {
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
    String[] answers = NewcomersShell.run(directory, commands.toString()).split(END);
    for (int i = 0; i < blocks.size(); i++) {
      String said = blocks.get(i).group(2);
      assertThat(masked(answers[i]))
          .as(blocks.get(i).group(1))
          .isEqualTo(said == null ? "" : masked(said));
    }
  }

  /** Masks times, and ids and secrets made by Sluice. */
  private static String masked(String answer) {
    return answer
        .strip()
        .replaceAll("(wkr_|key_|stp_|wb_|rsk_live_)[\\w.-]+", "$1")
        .replaceAll("\"nextCursor\":\"[\\w.-]+\"", "\"nextCursor\":\"\"")
        .replaceAll("\"id\":\\d+", "\"id\":0")
        .replaceAll("\"next\":\"\\d+\"", "\"next\":\"\"") // sweeps write events too
        .replaceAll("\\d{10,}(-\\d+)?", "TIME")
        // Listed by id, which is random.
        .replaceAll("(?s)\\{\"keys\":\\[(.*)]}", "{\"keys\":[]}");
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/api.md"));
  }
}
