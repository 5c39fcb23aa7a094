package dev.sluice.backend.audit;

import org.jspecify.annotations.Nullable;

/**
 * That somebody did something.
 *
 * @param id the sequence number of the step that did it, so it grows
 * @param atMs when, epoch ms, the store's time
 * @param actor who, see {@link AuditNote#actor()}
 * @param verb what, see {@link AuditAct#verb()}
 * @param object to what, see {@link AuditAct#object()}
 * @param reason why, see {@link AuditNote#reason()}; may be empty
 * @param detail what was set or found, see {@link AuditAct#detail()}; may be empty
 * @param times how often in a row, see {@link #again}
 * @param lastAtMs when for the last time, epoch ms
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

  /** Older bytes have neither count nor last time. */
  public AuditLine {
    times = Math.max(1, times);
    lastAtMs = Math.max(atMs, lastAtMs);
  }

  /** The line of something that was done once. */
  public AuditLine(
      long id, long atMs, String actor, String verb, String object, String reason, String detail) {
    this(id, atMs, actor, verb, object, reason, detail, 1, atMs);
  }

  /**
   * The line of an act that follows this one, the latest of its org: the same actor does the same
   * to the same object for the same reason, so this line counts it. Null for any other act, which
   * has a line of its own.
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

  /** The line of an act. */
  public static AuditLine of(long id, long atMs, AuditNote note, AuditAct act) {
    return new AuditLine(
        id, atMs, note.actor(), act.verb(), act.object(), note.reason(), act.detail());
  }
}
