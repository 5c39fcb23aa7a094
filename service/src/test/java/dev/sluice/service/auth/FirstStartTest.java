package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.service.auth.secrets.ConfiguredSecrets;
import dev.sluice.service.auth.secrets.CredentialsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Previous secrets without current ones. */
class FirstStartTest {

  private static final StoreTime NOON = () -> OptionalLong.of(1_764_072_000_000L);
  private static final String API_KEY = "rsk_live_configured-0123456789";
  private static final String OLD_PASSWORD = "the-password-before";
  private static final String OLD_LEGACY = "legacy-key-of-before";

  @TempDir Path directory;

  private final MemoryBackend store = new MemoryBackend(Rules.DEFAULTS, NOON);
  private final Logger logger = (Logger) LoggerFactory.getLogger(FirstStart.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void watch() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
  }

  @Test
  void aPreviousSecretAloneOpensNothingAndTheStartWarnsOfIt() {
    FirstStart start = started(API_KEY, null, null);
    assertThat(start.adminPasswords()).isEmpty();
    assertThat(start.secrets().legacyKeys()).isEmpty();
    assertThat(warnings())
        .containsExactly(
            "credentials.previousAdminPassword (SLUICE_ADMIN_PASSWORD_PREVIOUS) opens nothing,"
                + " because credentials.adminPassword (SLUICE_ADMIN_PASSWORD) is not set",
            "credentials.previousLegacyKey (WORKER_API_KEY_PREVIOUS) opens nothing,"
                + " because credentials.legacyKey (WORKER_API_KEY) is not set");
  }

  @Test
  void besideACurrentOneItCountsWithoutAWarning() {
    FirstStart start = started(API_KEY, "the-password-now", "legacy-key-of-now");
    assertThat(start.adminPasswords()).containsExactly("the-password-now", OLD_PASSWORD);
    assertThat(start.secrets().legacyKeys()).containsExactly("legacy-key-of-now", OLD_LEGACY);
    assertThat(warnings()).isEmpty();
  }

  @Test
  void thePasswordOfAFirstStartIsACurrentOne() {
    FirstStart first = started(null, null, null);
    assertThat(first.adminPasswords()).hasSize(2).contains(OLD_PASSWORD);
    FirstStart second = started(null, null, null);
    assertThat(second.adminPasswords()).isEqualTo(first.adminPasswords());
    assertThat(warnings()).noneMatch(line -> line.contains("Password"));
  }

  private FirstStart started(
      @Nullable String apiKey, @Nullable String password, @Nullable String legacy) {
    ConfiguredSecrets configured =
        new ConfiguredSecrets(
            null, apiKey, password, null, List.of(), legacy, OLD_PASSWORD, OLD_LEGACY);
    FirstStart start =
        new FirstStart(new CredentialsFile(directory), store.credentials(), configured);
    start.run();
    return start;
  }

  private List<String> warnings() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
