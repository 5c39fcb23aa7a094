package dev.sluice.service.gitcredentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.tck.MovableClock;
import dev.sluice.service.http.AuthLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticGitCredentialsTest {

  private final MovableClock clock = new MovableClock();
  private Path file;
  private GitCredentialSource source;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    file = Files.writeString(directory.resolve("token"), "of-the-file\n");
    source =
        Blocks.source(
            """
            type: static
            static:
              tokens:
                - {repository: "https://git.example.com:8443/tools/Exact.git", tokenVariable: EXACT}
                - {repository: github.com/acme/docs, tokenVariable: DOCS, lifetime: 12h}
                - {repository: "github.com/acme/*", tokenFile: "%s", lifetime: 30m}
            github-app: {whatever: it says}
            """
                .formatted(file),
            clock.utc(),
            Map.of("EXACT", "of-exact", "DOCS", " of-docs "));
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void theFirstThatFitsCounts() {
    assertThat(token("https://git.example.com:8443/tools/Exact.git")).isEqualTo("of-exact");
    assertThat(token("https://github.com/acme/docs.git")).isEqualTo("of-docs");
    assertThat(token("git@github.com:acme/docs.git")).isEqualTo("of-docs");
    assertThat(token("https://github.com/acme/engine")).isEqualTo("of-the-file");
    assertThat(token("ssh://git@github.com/acme/deep/er.git")).isEqualTo("of-the-file");
  }

  @Test
  void aPatternThatEndsWithinANameIsWarnedOf() throws Exception {
    List<String> lines;
    try (AuthLog log = new AuthLog()) {
      for (String pattern :
          List.of("github.com/pay*", "github.com/acme/*", "github.com/acme/pay")) {
        Blocks.source(
                """
                type: static
                static: {tokens: [{repository: "%s", tokenVariable: EXACT}]}
                """
                    .formatted(pattern),
                clock.utc(),
                Map.of("EXACT", "of-exact"))
            .close();
      }
      lines = log.lines();
    }
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("WARN")
        .contains("gitCredentials.static.tokens[0].repository github.com/pay*", "/*")
        .doesNotContain("of-exact");
  }

  @Test
  void whatFitsNoneGetsNone() {
    for (String url :
        new String[] {
          "https://git.example.com:8443/tools/Exact",
          "https://git.example.com:8443/tools/exact.git",
          "https://git.example.com/tools/Exact.git",
          "https://github.com/acmes/engine",
          "https://github.com/acme",
          "https://github.com/acme/../evil/engine",
          "https://github.com.evil.example/acme/engine",
          "http://github.com/acme/engine",
          "https://x@github.com/acme/engine",
          "https://evil.example/github.com/acme/engine",
          "/github.com/acme/engine",
          "x".repeat(5_000)
        }) {
      assertThat(token(url)).as(url).isNull();
    }
  }

  @Test
  void itCountsForItsLifetime() {
    assertThat(ask("https://github.com/acme/docs").expiresAt())
        .isEqualTo(clock.utc().instant().plus(Duration.ofHours(12)));
    assertThat(ask("https://github.com/acme/x").expiresAt())
        .isEqualTo(clock.utc().instant().plus(Duration.ofMinutes(30)));
    assertThat(ask("https://git.example.com:8443/tools/Exact.git").expiresAt())
        .isEqualTo(clock.utc().instant().plus(Duration.ofHours(1)));
    clock.jump(Duration.ofDays(3));
    assertThat(ask("https://github.com/acme/x").expiresAt())
        .isEqualTo(clock.utc().instant().plus(Duration.ofMinutes(30)));
  }

  @Test
  void aTokenInAFileCanBeChanged() throws Exception {
    assertThat(token("https://github.com/acme/x")).isEqualTo("of-the-file");
    Files.writeString(file, "changed");
    clock.jump(Duration.ofSeconds(31));
    assertThat(token("https://github.com/acme/x")).isEqualTo("changed");
  }

  @Test
  void aFileThatIsGoneLeavesTheTokenItHadUntilItsEnd() throws Exception {
    assertThat(token("https://github.com/acme/x")).isEqualTo("of-the-file");
    Files.delete(file);
    clock.jump(Duration.ofMinutes(1));
    assertThat(token("https://github.com/acme/x")).isEqualTo("of-the-file");
    clock.jump(Duration.ofMinutes(30));
    assertThat(token("https://github.com/acme/x")).isNull();
    Files.writeString(file, "back");
    clock.jump(Duration.ofMinutes(5));
    assertThat(token("https://github.com/acme/x")).isEqualTo("back");
  }

  private String token(String url) {
    return source
        .credential(url)
        .orTimeout(30, TimeUnit.SECONDS)
        .join()
        .map(GitCredential::token)
        .orElse(null);
  }

  private GitCredential ask(String url) {
    return source.credential(url).orTimeout(30, TimeUnit.SECONDS).join().orElseThrow();
  }
}
