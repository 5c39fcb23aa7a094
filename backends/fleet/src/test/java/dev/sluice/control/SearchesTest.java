package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A search within another one runs at the same time. */
class SearchesTest {

  private static final Supplier<String> FOUND = () -> "found";

  private final Searches searches = new Searches();

  /** A search that takes until {@code meanwhile} is over. */
  private Supplier<String> during(String org, String key, Supplier<String> meanwhile) {
    return () -> searches.run(org, key, meanwhile);
  }

  @Test
  void aCredentialSearchesTwiceAtATime() {
    Supplier<String> third = during("acme", "key-1", during("acme", "key-1", FOUND));
    assertThat(third.get()).isEqualTo("found");
    assertThatThrownBy(() -> during("acme", "key-1", third).get())
        .isInstanceOf(Searches.TooManyException.class)
        .hasMessageContaining("2 at a time of a credential");
    assertThat(during("acme", "key-2", third).get()).as("others still search").isEqualTo("found");
    assertThat(third.get()).as("a refused one holds no place").isEqualTo("found");
  }

  @Test
  void anOrgSearchesFourTimesAtATime() {
    Supplier<String> search = FOUND;
    for (int key = 0; key < 4; key++) {
      search = during("acme", "key-" + key, search);
    }
    assertThat(search.get()).isEqualTo("found");
    assertThat(during("other", "key-0", search).get()).isEqualTo("found");
    assertThatThrownBy(during("acme", "key-4", search)::get)
        .isInstanceOf(Searches.TooManyException.class)
        .hasMessageContaining("4 of an org");
  }

  @Test
  void aSearchThatFailsLeavesItsPlace() {
    Supplier<String> fails =
        during(
            "acme",
            "key",
            () -> {
              throw new IllegalStateException("no store");
            });
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(fails::get).isInstanceOf(IllegalStateException.class);
    }
    assertThat(during("acme", "key", FOUND).get()).isEqualTo("found");
  }
}
