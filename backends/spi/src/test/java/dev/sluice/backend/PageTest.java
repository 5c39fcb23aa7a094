package dev.sluice.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

  @Test
  void itsEntriesAreItsOwn() {
    List<String> found = new ArrayList<>(List.of("a", "b"));
    Page<String> page = new Page<>(found, new Cursor(0, "b"));

    found.add("c");

    assertThat(page.items()).containsExactly("a", "b");
    assertThatThrownBy(() -> page.items().add("c"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void theLastOneHasNoNext() {
    assertThat(new Page<>(List.of("a"), null).next()).isNull();
  }
}
