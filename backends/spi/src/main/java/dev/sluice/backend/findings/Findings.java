package dev.sluice.backend.findings;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records of findings. Nodes look, and tell what they see; the store says since when it lasts.
 * Until all nodes know them there are none.
 */
public interface Findings {

  /** Records of an org; further findings are not recorded. */
  int MAX_KEPT = 500;

  /** Notices of an org; the oldest ones go. */
  int MAX_NOTICES = 1_000;

  /** A notice that was not delivered by then is dropped. */
  long NOTICE_MS = 6 * 3_600_000L;

  /** Pause after the first try; each further one is twice as long. */
  long FIRST_RETRY_MS = 30_000;

  long LONGEST_RETRY_MS = 1_800_000;

  long LONGEST_MUTE_MS = 30L * 24 * 3_600_000;

  /** Returns the problem of a mute's end; null if valid. */
  static @Nullable String muteProblem(long untilMs, long nowMs) {
    if (untilMs <= nowMs) {
      return "must be in the future";
    }
    return untilMs - nowMs > LONGEST_MUTE_MS ? "must be within 30 days" : null;
  }

  /** Lists by key. */
  List<Finding> list(String org);

  /**
   * Records what a node sees. A new finding begins. One ends once no node has seen it for {@code
   * seenMs}, but not before the end of an outage plus {@code seenMs}. Changes nothing, and takes no
   * sequence number, while all stays as it is.
   *
   * @param tell true to have begins told by {@link #takeNotices}, not while muted; ends of told
   *     ones are told anyway, since nodes may differ
   * @return true if one began or ended
   */
  boolean observe(String org, List<SeenFinding> seen, long seenMs, boolean tell);

  /**
   * Makes the actor of the note its owner.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_FINDING}, also if it is over
   */
  Finding acknowledge(String org, String key, AuditNote note);

  /**
   * Mutes, also beyond the end of the finding: it may begin again.
   *
   * @param untilMs epoch ms; 0 ends the mute
   * @throws RefusedException {@link Refusal#UNKNOWN_FINDING}
   */
  Finding mute(String org, String key, long untilMs, AuditNote note);

  /**
   * Takes notices to deliver. Each is offered again, at growing intervals, until it is named as
   * delivered. Of one finding the oldest goes first.
   *
   * @param delivered ids that are done
   */
  List<FindingNotice> takeNotices(String org, List<String> delivered, int limit);
}
