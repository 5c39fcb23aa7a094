package dev.sluice.backend.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecurityLevelsTest {

  /** The ladders of the client, written down once more. */
  private static final Map<String, List<String>> ATTESTED =
      Map.of(
          "fileRead", List.of("host", "home-minus-secrets", "workarea"),
          "fileWrite", List.of("host", "workarea"),
          "network", List.of("open", "logged", "allow-list", "none"),
          "credentials", List.of("ambient-host-login", "injected-only", "short-lived-scoped"),
          "isolation", List.of("host-user", "os-sandbox", "container", "microvm"));

  /** A level, and the next stronger one of its dimension. */
  record Step(String dimension, String level, String next, int rank) {}

  static Stream<Step> steps() {
    return ATTESTED.entrySet().stream()
        .flatMap(
            each ->
                Stream.iterate(1, rank -> rank < each.getValue().size(), rank -> rank + 1)
                    .map(
                        rank ->
                            new Step(
                                each.getKey(),
                                each.getValue().get(rank - 1),
                                each.getValue().get(rank),
                                rank)));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void newest_clients_3_a_machine_reaches_its_level_and_all_weaker_ones(Step step) {
    String next = SecurityLevels.capability(step.dimension, step.next);

    assertThat(SecurityLevels.upTo(step.dimension, step.next)).hasSize(step.rank).endsWith(next);
    assertThat(SecurityLevels.upTo(step.dimension, step.level)).doesNotContain(next);
    assertThat(SecurityLevels.rank(next)).isEqualTo(step.rank);
    assertThat(SecurityLevels.isLevel(next)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void newest_clients_3_a_shortfall_names_the_best_of_its_own_dimension(Step step) {
    Set<String> reached = new TreeSet<>(SecurityLevels.upTo(step.dimension, step.level));
    ATTESTED.forEach(
        (other, ladder) -> {
          if (!other.equals(step.dimension)) {
            reached.addAll(SecurityLevels.upTo(other, ladder.get(ladder.size() - 1)));
          }
        });

    String needed = SecurityLevels.capability(step.dimension, step.next);

    assertThat(SecurityLevels.shortfall(needed, reached))
        .isEqualTo(
            "it needs %s %s, and the best worker attests %s"
                .formatted(step.dimension, step.next, step.level));
  }

  @Test
  void newest_clients_3_the_weakest_level_needs_no_capability() {
    ATTESTED.forEach(
        (dimension, ladder) -> {
          assertThat(SecurityLevels.upTo(dimension, ladder.get(0))).isEmpty();
          String weakest = SecurityLevels.capability(dimension, ladder.get(0));
          assertThat(SecurityLevels.rank(weakest)).isZero();
        });
  }

  @Test
  void newest_clients_3_the_ladders_are_closed_and_approval_is_attested_by_none() {
    assertThat(SecurityLevels.LADDERS.keySet())
        .containsExactly(
            "toolApproval", "fileRead", "fileWrite", "network", "credentials", "isolation");
    assertThat(SecurityLevels.LADDERS).containsAllEntriesOf(ATTESTED);
    for (String none :
        List.of("toolApproval>=deny-list", "isolation>=fort", "isolation>=", "disk>=host")) {
      assertThat(SecurityLevels.rank(none)).as(none).isEqualTo(-1);
    }
    for (String other : List.of("sandbox", "isolation", "isolation>container", "disk>=host")) {
      assertThat(SecurityLevels.isLevel(other)).as(other).isFalse();
    }
  }
}
