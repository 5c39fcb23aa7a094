package dev.sluice.service.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.auth.OperatorEntry;
import dev.sluice.service.auth.Role;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HashPasswordCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicInteger code = new AtomicInteger();

  @Test
  void theFirstLineIsHashed() {
    run("correct horse\u00e9\nand more\n");
    assertThat(code).hasValue(0);
    String line = out.toString(UTF_8).strip();
    assertThat(line)
        .matches("passwordHash: pbkdf2-sha256\\$600000\\$[\\w-]{22}\\$[\\w-]{43}")
        .doesNotContain("correct");
    String hash = line.substring("passwordHash: ".length());
    assertThat(new OperatorEntry("kim", hash, Role.VIEWER, "default").passwordHash())
        .isEqualTo(hash);
  }

  @Test
  void whatIsNoPasswordIsRefused() {
    for (String bad : new String[] {"", "\n", "short\n", "x".repeat(1025)}) {
      code.set(0);
      run(bad);
      assertThat(code).as("%s characters", bad.length()).hasValue(2);
    }
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).contains("hash-password: ").doesNotContain("short\n", "xxx");
  }

  private void run(String input) {
    new HashPasswordCommand(
            () -> HashPasswordCommand.read(null, new ByteArrayInputStream(input.getBytes(UTF_8))),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            code::set)
        .run(null, null);
  }
}
