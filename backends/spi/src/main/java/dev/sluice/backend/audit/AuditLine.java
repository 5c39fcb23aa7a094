package dev.sluice.backend.audit;

import dev.sluice.backend.AuditNote;
import org.jspecify.annotations.Nullable;

/**
 * @param id sequence number of the step, so it grows
 * @param atMs the store's time, epoch ms
 * @param times repeats in a row, see {@link #again}
 * @param lastAtMs last repeat, epoch ms
 */
public record AuditLine(
    long id,
    long atMs,
    String actor,
    String verb,
    String object,
    String reason,
    String detail,
    long times,
    long lastAtMs) {

  /** Older bytes lack count and last time. */
  public AuditLine {
    times = Math.max(1, times);
    lastAtMs = Math.max(atMs, lastAtMs);
  }

  public AuditLine(
      long id, long atMs, String actor, String verb, String object, String reason, String detail) {
    this(id, atMs, actor, verb, object, reason, detail, 1, atMs);
  }

  /**
   * Counts a repeat if the org's next act has the same actor, act, object and reason; else null.
   */
  public @Nullable AuditLine again(long nowMs, AuditNote note, AuditAct act) {
    boolean same =
        actor.equals(note.actor())
            && verb.equals(act.verb())
            && object.equals(act.object())
            && reason.equals(note.reason())
            && detail.equals(act.detail());
    return same
        ? new AuditLine(id, atMs, actor, verb, object, reason, detail, times + 1, nowMs)
        : null;
  }

  public static AuditLine of(long id, long atMs, AuditNote note, AuditAct act) {
    return new AuditLine(
        id, atMs, note.actor(), act.verb(), act.object(), note.reason(), act.detail());
  }
}
