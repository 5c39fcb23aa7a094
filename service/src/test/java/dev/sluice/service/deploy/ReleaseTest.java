package dev.sluice.service.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.tck.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refusals of {@code deploy/release.sh}, in a checkout of its own. */
class ReleaseTest {

  @TempDir Path checkout;

  @BeforeEach
  void commit() throws Exception {
    Programs.needed("install git", "git");
    Files.createDirectory(checkout.resolve("deploy"));
    Files.copy(Path.of("../deploy/release.sh"), checkout.resolve("deploy/release.sh"));
    Files.writeString(
        checkout.resolve("CHANGELOG.md"),
        """
        # Changelog

        ## Unreleased

        - Something.

        ## 1.0.0 - 2026-01-01

        - More.
        """);
    git("init", "-q", "-b", "main");
    git("config", "user.name", "Test");
    git("config", "user.email", "test@example.com");
    git("config", "commit.gpgsign", "false");
    commitAll();
  }

  @Test
  void aVersionHasThreeNumbers() throws Exception {
    for (String version : List.of("", "1", "1.2", "v1.2.3", "1.2.3-SNAPSHOT", "1.2.3;x")) {
      refused("VERSION must be like 1.2.3", "--dry-run", version);
    }
  }

  @Test
  void aChangedCheckoutIsRefused() throws Exception {
    Files.writeString(checkout.resolve("new"), "x");
    refused("the checkout has changes; commit or remove them", "1.1.0");
  }

  @Test
  void aCheckoutWithoutABranchIsRefused() throws Exception {
    git("checkout", "-q", "--detach");
    refused("no branch is checked out", "1.1.0");
  }

  @Test
  void aVersionIsReleasedOnce() throws Exception {
    git("tag", "v1.1.0");
    refused("tag v1.1.0 exists", "1.1.0");
    refused("CHANGELOG.md has a section 1.0.0", "1.0.0");
  }

  @Test
  void aReleaseHasChanges() throws Exception {
    Files.writeString(checkout.resolve("CHANGELOG.md"), "# Changelog\n\n## Unreleased\n\n");
    commitAll();
    refused("CHANGELOG.md has nothing under Unreleased", "1.1.0");
  }

  private void refused(String reason, String... arguments) throws Exception {
    String before = git("rev-parse", "HEAD") + git("status", "--porcelain") + git("tag");
    Process process =
        started(Stream.concat(Stream.of("deploy/release.sh"), Stream.of(arguments)).toList());
    assertThat(output(process)).isEqualTo("release.sh: " + reason + "\n");
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(git("rev-parse", "HEAD") + git("status", "--porcelain") + git("tag"))
        .isEqualTo(before);
  }

  private void commitAll() throws Exception {
    git("add", "-A");
    git("commit", "-q", "-m", "All");
  }

  private String git(String... arguments) throws Exception {
    Process git = started(Stream.concat(Stream.of("git"), Stream.of(arguments)).toList());
    String output = output(git);
    assertThat(git.waitFor()).as(output).isZero();
    return output;
  }

  private Process started(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(checkout.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null"));
    return builder.start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }
}
