package dev.sluice.backend;

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
 */
public record AuditLine(
    long id, long atMs, String actor, String verb, String object, String reason, String detail) {

  /** The line of an act. */
  public static AuditLine of(long id, long atMs, AuditNote note, AuditAct act) {
    return new AuditLine(
        id, atMs, note.actor(), act.verb(), act.object(), note.reason(), act.detail());
  }
}
