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

/** {@code deploy/release.sh} in a checkout of its own. */
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

  /** With a program in place of Maven, which takes minutes. */
  @Test
  void aReleaseIsSignedByTheKeyOfItsMaker() throws Exception {
    Programs.needed("install openssh-client", "ssh-keygen");
    Path ours = checkout.resolve(".git"); // no change of the checkout
    for (String file : List.of(".dockerignore", "LICENSE", "NOTICE", "config.yml")) {
      Files.writeString(checkout.resolve(file), "x");
    }
    Files.createDirectory(checkout.resolve("deploy/kubernetes"));
    Files.writeString(checkout.resolve("deploy/kubernetes/one.yaml"), "image: r/sluice:1.0.0\n");
    Files.writeString(checkout.resolve(".gitignore"), "target\n");
    Files.writeString(checkout.resolve("pom.xml"), "  <version>1.1.0-SNAPSHOT</version>\n");
    executable(checkout.resolve("deploy/sbom.sh"), "true");
    executable(checkout.resolve("deploy/deb.sh"), "touch \"$2/sluice_1.1.0_all.deb\"");
    executable(
        Files.createDirectory(ours.resolve("bin")).resolve("mvn"),
        "mkdir -p service/target tools/bench/target && touch tools/bench/target/sluice-bench.jar"
            + " && cd service/target && touch sluice.jar sluice-sbom.json sluice-sbom.xml");
    commitAll();
    String key = ours.resolve("key").toString();
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key);
    Path signers = ours.resolve("signers");
    Files.writeString(signers, "test@example.com " + Files.readString(Path.of(key + ".pub")));
    git("config", "gpg.format", "ssh");
    git("config", "user.signingkey", key);
    git("config", "gpg.ssh.allowedSignersFile", signers.toString());

    run(
        "env",
        "PATH=" + ours.resolve("bin") + ":" + System.getenv("PATH"),
        "deploy/release.sh",
        "1.1.0");

    assertThat(git("verify-tag", "v1.1.0")).contains("Good \"git\" signature for test@example.com");
    String sums = checkout.resolve("target/release/SHA256SUMS").toString();
    assertThat(Files.readString(Path.of(sums)))
        .contains("sluice-1.1.0.jar", "sluice-bench-1.1.0.jar", "sluice_1.1.0_all.deb");
    String verify =
        "ssh-keygen -Y verify -f '%s' -I test@example.com -n file -s '%s.sig' < '%s'"
            .formatted(signers, sums, sums);
    assertThat(run("sh", "-c", verify)).startsWith("Good \"file\" signature");
  }

  private static void executable(Path program, String line) throws IOException {
    Files.writeString(program, "#!/bin/sh\n" + line + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
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
    return run(Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new));
  }

  private String run(String... command) throws Exception {
    Process process = started(List.of(command));
    String output = output(process);
    assertThat(process.waitFor()).as(output).isZero();
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
