package dev.sluice.service.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.tck.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that root runs, of {@code deploy/deb.sh}. */
class DebianPackageTest {

  @TempDir Path directory;

  /** The service's user may put a link anywhere in its directory. */
  @Test
  void rootFollowsNoLinkOfTheService() throws Exception {
    Programs.needed("install bash", "bash");
    Path cache = Files.createDirectory(directory.resolve("cache"));
    Path theirs = Files.writeString(directory.resolve("shadow"), "of root");
    Files.createSymbolicLink(cache.resolve("aot.log"), theirs);
    Files.createSymbolicLink(cache.resolve("sluice.jsa"), theirs);
    // The part that runs as the service's user is left out: what remains is what root does.
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path user = Files.writeString(bin.resolve("runuser"), "#!/bin/sh\nexit 1\n");
    assertThat(user.toFile().setExecutable(true)).isTrue();
    String script =
        "PATH=%s:$PATH\n%s\narchive\n"
            .formatted(bin, archive().replace("/var/cache/sluice", cache.toString()));

    Process process = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("no archive of classes");
    assertThat(theirs).hasContent("of root");
    assertThat(cache.resolve("sluice.jsa")).isSymbolicLink();
  }

  /** {@code Watchdog} speaks only where the unit asks for it. */
  @Test
  void theUnitEndsAProcessThatAnswersNothing() throws IOException {
    assertThat(DeployFile.text("deploy/sluice.service").lines())
        .contains(
            "WatchdogSec=2min", "WatchdogSignal=SIGKILL", "NotifyAccess=all", "Restart=on-failure");
  }

  private static String archive() throws IOException {
    return Pattern.compile("^archive\\(\\) \\{.*?^\\}", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(DeployFile.text("deploy/deb.sh"))
        .results()
        .map(MatchResult::group)
        .findFirst()
        .orElseThrow();
  }
}
