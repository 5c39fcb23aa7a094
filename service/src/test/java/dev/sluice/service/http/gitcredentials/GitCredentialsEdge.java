package dev.sluice.service.http.gitcredentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.gitcredentials.GitHubStandIn;
import dev.sluice.service.http.AuthLog;
import dev.sluice.service.http.SluiceServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The running service with a GitHub app, its log, and a stub for GitHub. */
final class GitCredentialsEdge implements AutoCloseable {

  private final AuthLog log = new AuthLog();
  private final GitHubStandIn gitHub = new GitHubStandIn(Clock.systemUTC());
  private final Path key;
  private final SluiceServer server;

  GitCredentialsEdge(String backendType, String... overrides) {
    try {
      key = Files.writeString(Files.createTempFile("sluice-app", ".pem"), GitHubStandIn.pkcs8());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String[] all = Arrays.copyOf(overrides, overrides.length + 4);
    all[overrides.length] = "gitCredentials.type=github-app";
    all[overrides.length + 1] = "gitCredentials.github-app.appId=" + GitHubStandIn.APP_ID;
    all[overrides.length + 2] = "gitCredentials.github-app.privateKeyFile=" + key;
    all[overrides.length + 3] = "gitCredentials.github-app.apiUrl=" + gitHub.url();
    server = SluiceServer.start(backendType, all);
  }

  SluiceServer server() {
    return server;
  }

  GitHubStandIn gitHub() {
    return gitHub;
  }

  /** Stops it; its log and files must hold no secret. */
  @Override
  public void close() {
    Path data = server.configuration().dataDirectory();
    try {
      server.close();
    } finally {
      log.close();
      gitHub.close();
    }
    List<String> lines = log.lines();
    assertThat(lines).as("the log was watched").anyMatch(line -> line.contains("Git credentials"));
    assertThat(lines).as("trouble is told").anyMatch(line -> line.contains("GitHub answered 404"));
    assertThat(gitHub.minted()).isPositive();
    lines.forEach(GitCredentialsEdge::holdsNoSecret);
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        holdsNoSecret(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
      Files.delete(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checks for tokens, the app's key, and words of GitHub's refusals. */
  static void holdsNoSecret(String text) {
    assertThat(text.contains(GitHubStandIn.PREFIX)).as("a token in %.200s", text).isFalse();
    assertThat(text.contains(GitHubStandIn.BODY)).as("a body in %.200s", text).isFalse();
    assertThat(text.contains(GitHubStandIn.pkcs8().substring(30, 80)))
        .as("the key in %.200s", text)
        .isFalse();
  }
}
