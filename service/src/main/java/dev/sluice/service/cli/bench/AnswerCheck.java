package dev.sluice.service.cli.bench;

import dev.sluice.backend.Names;
import dev.sluice.service.cli.bench.Findings.Check;
import dev.sluice.service.cli.wire.PollReply;
import dev.sluice.service.cli.wire.PollReply.Item;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be judged of the successive answers on one connection: that an answer agrees with
 * itself, that work comes in order, that tokens grow. Not thread-safe: one connection, one check.
 *
 * <p>Order holds across the workers of a connection too, since its polls follow one another and its
 * workers all take the same projects; provided that nothing is enqueued meanwhile.
 */
final class AnswerCheck {

  private final Findings findings;
  private @Nullable Item lastItem;
  private long lastToken;
  private boolean tokensSeen;

  AnswerCheck(Findings findings) {
    this.findings = findings;
  }

  /** Judges the next answer. */
  void look(PollReply answer) {
    agreement(answer);
    order(answer.work());
    tokens(answer);
  }

  /**
   * A call had to be repeated. Work that an unread answer claimed comes back to its old place, so
   * the order of what follows says nothing against what came before.
   */
  void forgetOrder() {
    lastItem = null;
  }

  /** Whether the server answers tokens, beyond the published protocol. */
  boolean tokensSeen() {
    return tokensSeen;
  }

  private void agreement(PollReply answer) {
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

  private void tokens(PollReply answer) {
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
    return byScore != 0 ? byScore : Names.compareBytes(a.sessionId(), b.sessionId());
  }

  private static String describe(Item item) {
    return item.sessionId() + " (score " + item.score() + ")";
  }
}
