package dev.sluice.bench;

import dev.sluice.bench.BenchPoll.Item;
import dev.sluice.bench.Findings.Check;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Not thread-safe. The order holds across the workers of a connection, because they poll in turn
 * and take the same projects, as long as nothing is enqueued meanwhile.
 */
final class AnswerCheck {

  private final Findings findings;
  private @Nullable Item lastItem;
  private long lastToken;
  private boolean tokensSeen;

  AnswerCheck(Findings findings) {
    this.findings = findings;
  }

  void look(BenchPoll answer) {
    agreement(answer);
    order(answer.work());
    tokens(answer);
  }

  /** After a repeated call: work that was claimed by a lost answer returns to its old place. */
  void forgetOrder() {
    lastItem = null;
  }

  boolean tokensSeen() {
    return tokensSeen;
  }

  private void agreement(BenchPoll answer) {
    List<String> ids = answer.work().stream().map(Item::sessionId).toList();
    if (answer.preClaimed() != !ids.isEmpty()) {
      findings.add(Check.PRE_CLAIMED, "preClaimed " + answer.preClaimed() + " with work of " + ids);
    }
    boolean same =
        answer.claimedSessionIds().size() == ids.size()
            && Set.copyOf(answer.claimedSessionIds()).equals(Set.copyOf(ids));
    if (!same) {
      findings.add(
          Check.PRE_CLAIMED,
          "claimedSessionIds " + answer.claimedSessionIds() + " with work of " + ids);
    }
  }

  private void order(List<Item> work) {
    for (Item item : work) {
      Item before = lastItem;
      if (before != null && compare(before, item) > 0) {
        findings.add(Check.ORDER, describe(item) + " after " + describe(before));
      }
      lastItem = item;
    }
  }

  private void tokens(BenchPoll answer) {
    Map<String, Long> tokens = answer.tokens();
    if (answer.work().isEmpty() || (tokens == null && !tokensSeen)) {
      return;
    }
    tokensSeen = true;
    for (Item item : answer.work()) {
      Long token = tokens == null ? null : tokens.get(item.sessionId());
      if (token == null) {
        findings.add(Check.TOKENS, item.sessionId() + " has no token");
      } else {
        if (token <= lastToken) {
          findings.add(Check.TOKENS, item.sessionId() + " has " + token + " after " + lastToken);
        }
        lastToken = Math.max(lastToken, token);
      }
    }
  }

  private static int compare(Item a, Item b) {
    int byScore = Long.compare(a.score(), b.score());
    return byScore != 0 ? byScore : Arrays.compareUnsigned(bytes(a), bytes(b));
  }

  private static byte[] bytes(Item item) {
    return item.sessionId().getBytes(StandardCharsets.UTF_8);
  }

  private static String describe(Item item) {
    return item.sessionId() + " (score " + item.score() + ")";
  }
}
