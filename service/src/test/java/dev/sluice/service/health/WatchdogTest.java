package dev.sluice.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  private int told;
  private @Nullable String problem = "the application port is not open";
  private final Watchdog watchdog = new Watchdog(() -> told++);

  private boolean tells() {
    int before = told;
    watchdog.look();
    return told > before;
  }

  @Test
  void aStartMayTakeAnyTime() {
    assertThat(tells()).as("before there is a port").isTrue();
    watchdog.follow(() -> problem);
    assertThat(tells()).as("before it is open").isTrue();
  }

  @Test
  void aServerThatBecameDeafIsSilent() {
    watchdog.follow(() -> problem);
    problem = null;
    assertThat(tells()).isTrue();
    problem = "the application port does not serve calls: no answer";
    assertThat(tells()).isFalse();
    assertThat(tells()).isFalse();
    problem = null;
    assertThat(tells()).as("it serves again").isTrue();
  }
}
