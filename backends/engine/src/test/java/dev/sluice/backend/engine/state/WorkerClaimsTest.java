package dev.sluice.backend.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkerClaimsTest {

  private final WorkerClaims claims = new WorkerClaims();

  @Test
  void lists_sessions_by_bytes_once() {
    for (String id : List.of("b", "\uff61", "a", "\ud83d\ude00", "b", "B")) {
      claims.add(id);
    }

    assertThat(claims.active()).containsExactly("B", "a", "b", "\uff61", "\ud83d\ude00");
    assertThat(claims.activeCount()).isEqualTo(5);
    assertThat(claims.holds("\uff61")).isTrue();
    assertThat(claims.holds("c")).isFalse();
    assertThat(claims.among(List.of("c", "b", "a"))).containsExactly("b", "a");
    assertThat(claims.among(List.of())).isEmpty();
  }

  @Test
  void a_list_stays_as_it_was() {
    claims.add("b");
    List<String> one = claims.active();
    claims.add("a");
    List<String> two = claims.active();
    claims.remove("b");
    claims.remove("c");

    assertThat(one).containsExactly("b");
    assertThat(two).containsExactly("a", "b");
    assertThat(claims.active()).containsExactly("a");
    assertThat(claims.nothing()).isFalse();
    claims.remove("a");
    assertThat(claims.nothing()).isTrue();
  }
}
