package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.SessionRecord;
import org.jspecify.annotations.Nullable;

/** The sessions that compete for one issue, and the claimed one. */
public final class Issue {

  /** Most issues have one session and need no set. */
  private @Nullable String alone;

  private long aloneScore;
  private @Nullable RankedSet more;
  private @Nullable String claimed;

  public @Nullable String claimed() {
    return claimed;
  }

  public @Nullable String best() {
    return more == null ? alone : more.firstId();
  }

  public @Nullable String second() {
    if (more == null || more.size() < 2) {
      return null;
    }
    String[] found = new String[2];
    int[] seen = {0};
    more.visit(
        (score, id) -> {
          found[seen[0]++] = id;
          return seen[0] < 2;
        });
    return found[1];
  }

  /** True if that would be the best contender. */
  public boolean goesFirst(long score, String id) {
    if (more == null) {
      return alone == null
          || alone.equals(id)
          || RankedSet.compare(score, id, aloneScore, alone) < 0;
    }
    boolean[] first = {true};
    more.visit(
        (otherScore, otherId) -> {
          if (otherId.equals(id)) {
            return true;
          }
          first[0] = RankedSet.compare(score, id, otherScore, otherId) < 0;
          return false;
        });
    return first[0];
  }

  boolean isEmpty() {
    return more == null && alone == null && claimed == null;
  }

  void add(SessionRecord session) {
    if (session.claimed()) {
      claimed = session.id();
    } else if (session.contends()) {
      contend(session.score(), session.id());
    }
  }

  void remove(SessionRecord session) {
    if (session.claimed()) {
      if (session.id().equals(claimed)) {
        claimed = null;
      }
    } else if (session.contends()) {
      if (more == null) {
        alone = null;
      } else {
        more.remove(session.score(), session.id());
        if (more.isEmpty()) {
          more = null;
        }
      }
    }
  }

  private void contend(long score, String id) {
    if (more == null && alone == null) {
      alone = id;
      aloneScore = score;
      return;
    }
    if (more == null) {
      more = new RankedSet();
      more.add(aloneScore, String.valueOf(alone));
      alone = null;
    }
    more.add(score, id);
  }
}
