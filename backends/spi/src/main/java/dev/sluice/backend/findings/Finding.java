package dev.sluice.backend.findings;

import org.jspecify.annotations.Nullable;

/**
 * A condition on record.
 *
 * @param key see {@link SeenFinding#key}
 * @param words as last stored
 * @param beganAtMs epoch ms; 0 if over and kept for its mute alone
 * @param owner the actor that acknowledged it last; null if none
 * @param ownedAtMs epoch ms; 0 without an owner
 * @param reason of the acknowledgement; may be empty
 * @param mutedUntilMs epoch ms; 0 if not muted, may be over
 * @param mutedBy null if not muted
 */
public record Finding(
    String key,
    String kind,
    String subject,
    String project,
    String words,
    long beganAtMs,
    @Nullable String owner,
    long ownedAtMs,
    String reason,
    long mutedUntilMs,
    @Nullable String mutedBy) {

  public static Finding begun(SeenFinding seen, long atMs) {
    return new Finding(
        seen.key(),
        seen.kind(),
        seen.subject(),
        seen.project(),
        seen.words(),
        atMs,
        null,
        0,
        "",
        0,
        null);
  }

  public boolean stands() {
    return beganAtMs != 0;
  }

  public boolean muted(long now) {
    return mutedUntilMs > now;
  }

  /** Begins again under a mute that outlasted it. */
  public Finding again(SeenFinding seen, long atMs) {
    return new Finding(
        key, kind, subject, seen.project(), seen.words(), atMs, null, 0, "", mutedUntilMs, mutedBy);
  }

  /** Ends; the acknowledgement goes, the mute stays. */
  public Finding ended() {
    return new Finding(key, kind, subject, project, words, 0, null, 0, "", mutedUntilMs, mutedBy);
  }

  public Finding worded(String newWords) {
    return new Finding(
        key,
        kind,
        subject,
        project,
        newWords,
        beganAtMs,
        owner,
        ownedAtMs,
        reason,
        mutedUntilMs,
        mutedBy);
  }

  public Finding ownedBy(String actor, String why, long atMs) {
    return new Finding(
        key, kind, subject, project, words, beganAtMs, actor, atMs, why, mutedUntilMs, mutedBy);
  }

  /**
   * @param untilMs epoch ms; 0 ends the mute
   */
  public Finding mutedBy(String actor, long untilMs) {
    return new Finding(
        key,
        kind,
        subject,
        project,
        words,
        beganAtMs,
        owner,
        ownedAtMs,
        reason,
        untilMs,
        untilMs == 0 ? null : actor);
  }
}
