package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.redis.server.RedisServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's first screen as a newcomer would run it, on another port. */
class FirstScreenIT {

  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @TempDir Path directory;

  @Test
  void onTheEmbeddedBackendFromTheFirstLinesToAStopBySignal() throws Exception {
    try (SluiceProcess first = SluiceProcess.start(directory, NewcomersShell.noSecrets())) {
      showsFiveLines(first);
      assertThatThrownBy(() -> SluiceProcess.start(directory, NewcomersShell.noSecrets()))
          .hasMessageContaining("in use by another Sluice process");
      runTheFirstWorker(first);
      assertThat(first.terminate()).as("exit code").isZero();
    }
  }

  @Test
  void onRedisWithTwoOverridesAndNothingElse() throws Exception {
    try (RedisServerProcess redis = RedisServerProcess.start();
        SluiceProcess sluice =
            SluiceProcess.start(
                directory,
                NewcomersShell.noSecrets(),
                "backend.type=redis",
                "backend.redis.uri=" + redis.uri())) {
      runTheFirstWorker(sluice);
    }
  }

  private static void showsFiveLines(SluiceProcess sluice) {
    String url = "http://localhost:" + sluice.port();
    assertThat(sluice.output().stream().filter(line -> line.matches("(INFO|WARN|ERROR) .*")))
        .extracting(line -> line.replaceFirst("^INFO .*?\\] \\S+: ", ""))
        .extracting(line -> line.replaceFirst("^Sluice \\d\\S+ is up", "Sluice VERSION is up"))
        .containsExactly(
            "Sluice VERSION is up",
            "Backend: embedded, one process with a journal: what is acknowledged is on" + " disk",
            "API: " + url + " (calls at " + url + "/docs), dashboard: " + url + "/admin",
            "Credentials: ./data/credentials.env",
            "Next: log in to the dashboard, or enqueue with `java -jar sluice.jar"
                + " enqueue --prompt TEXT --url "
                + url
                + "`");
  }

  private void runTheFirstWorker(SluiceProcess sluice) throws Exception {
    Path credentials = directory.resolve("data/credentials.env");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials)))
        .isEqualTo("rw-------");
    assertThat(String.join("\n", sluice.output())).contains("credentials.env");
    String commands =
        block(". ./data/credentials.env").replace("localhost:8080", "localhost:" + sluice.port());
    String answers = NewcomersShell.run(directory, commands);
    assertThat(answers)
        .contains("{\"sessionId\":\"hello\",\"state\":\"pending\",\"position\":1}")
        .contains("\"claimedSessionIds\":[\"hello\"]")
        .contains("\"preClaimed\":true")
        .contains("\"updated\":true")
        .contains("\"summary\":\"Hello!\"")
        .doesNotContain("error\":\"");
    for (String secret : Files.readAllLines(credentials)) {
      int equals = secret.indexOf('=');
      if (equals > 0) {
        assertThat(sluice.output()).noneMatch(line -> line.contains(secret.substring(equals + 1)));
      }
    }
  }

  /** README's code block with this beginning. */
  private static String block(String beginning) throws IOException {
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../README.md")));
    while (blocks.find()) {
      if (blocks.group(1).startsWith(beginning)) {
        return blocks.group(1);
      }
    }
    throw new AssertionError("README.md has no such block");
  }
}
