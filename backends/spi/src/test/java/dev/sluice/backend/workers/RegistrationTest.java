package dev.sluice.backend.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrationTest {

  @Test
  void whoNamesNoProjectTakesAny() {
    assertThat(of().takes()).isEmpty();
  }

  @Test
  void whoNamesSomeTakesTheirsAndWorkOfNone() {
    assertThat(of("web", "app").takes()).containsExactly("web", "app", "default");
  }

  @Test
  void eachIsThereOnce() {
    assertThat(of("web", "default", "web").takes()).containsExactly("web", "default");
  }

  private static Registration of(String... projects) {
    return new Registration(
        "w", "key", Dialect.STANDARD, "host", 1, List.of(projects), List.of(), false, "{}");
  }
}
