package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.BenchPoll.Item;
import dev.sluice.bench.Findings.Check;
import dev.sluice.bench.Findings.Finding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {

  private static final Item A = new Item("a", 1, 1_000);
  private static final Item B = new Item("b", 1, 1_000);
  private static final Item LATER = new Item("c", 1, 2_000);
  private static final Item LESS_URGENT = new Item("d", 2, 500);

  private final Findings findings = new Findings();
  private final AnswerCheck check = new AnswerCheck(findings);

  @Test
  void orderIsByPriorityThenTimeThenId() {
    check.look(answer(A, B));
    check.look(answer());
    check.look(answer(LATER, LESS_URGENT));
    assertThat(findings.failed()).isEmpty();
  }

  @Test
  void orderMayNotGoBackWithinAnAnswer() {
    check.look(answer(B, A));
    assertThat(findings.failed())
        .containsExactly(
            new Finding(
                Check.ORDER,
                1,
                List.of("a (score 10000000001000) after b (score 10000000001000)")));
  }

  @Test
  void orderMayNotGoBackFromAnswerToAnswer() {
    check.look(answer(LESS_URGENT));
    check.look(answer(LATER));
    assertThat(failed()).containsExactly(Check.ORDER);
  }

  @Test
  void idsAreComparedByTheirBytes() {
    // U+FFFD sorts before U+1F600 in UTF-8 and after it in Java's own order.
    check.look(answer(new Item("\uFFFD", 1, 1), new Item("\uD83D\uDE00", 1, 1)));
    assertThat(failed()).isEmpty();
  }

  @Test
  void prioritiesBeyondTheBandsCountAsTheNearest() {
    check.look(answer(new Item("x", 12, 1), new Item("y", 9, 2)));
    assertThat(failed()).isEmpty();
  }

  @Test
  void afterARepeatedCallOrderStartsAnew() {
    check.look(answer(LATER));
    check.forgetOrder();
    check.look(answer(A));
    assertThat(failed()).isEmpty();
  }

  @Test
  void preClaimedSaysWhetherThereIsWork() {
    check.look(new BenchPoll(List.of(A), false, List.of("a"), null));
    check.look(new BenchPoll(List.of(), true, List.of(), null));
    assertThat(findings.failed())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.check()).isEqualTo(Check.PRE_CLAIMED);
              assertThat(finding.count()).isEqualTo(2);
            });
  }

  @Test
  void claimedSessionIdsAreThoseOfTheWork() {
    check.look(new BenchPoll(List.of(A, B), true, List.of("b", "a"), null));
    assertThat(failed()).isEmpty();
    check.look(new BenchPoll(List.of(LATER), true, List.of("a"), null));
    assertThat(failed()).containsExactly(Check.PRE_CLAIMED);
  }

  @Test
  void tokensGrowFromClaimToClaim() {
    check.look(answer(Map.of("a", 7L, "b", 8L), A, B));
    check.look(answer(Map.of("c", 9L), LATER));
    assertThat(failed()).isEmpty();
    check.look(answer(Map.of("d", 9L), LESS_URGENT));
    assertThat(findings.failed())
        .containsExactly(new Finding(Check.TOKENS, 1, List.of("d has 9 after 9")));
  }

  @Test
  void tokensAreForAllOrForNone() {
    check.look(answer(A));
    assertThat(check.tokensSeen()).isFalse();
    check.look(answer(Map.of("b", 1L), B));
    assertThat(check.tokensSeen()).isTrue();
    assertThat(failed()).isEmpty();
    check.look(answer(LATER));
    assertThat(findings.failed())
        .containsExactly(new Finding(Check.TOKENS, 1, List.of("c has no token")));
  }

  private List<Check> failed() {
    return findings.failed().stream().map(Finding::check).toList();
  }

  private static BenchPoll answer(Item... work) {
    return answer(null, work);
  }

  private static BenchPoll answer(@Nullable Map<String, Long> tokens, Item... work) {
    List<String> ids = List.of(work).stream().map(Item::sessionId).toList();
    return new BenchPoll(List.of(work), !ids.isEmpty(), ids, tokens);
  }
}
