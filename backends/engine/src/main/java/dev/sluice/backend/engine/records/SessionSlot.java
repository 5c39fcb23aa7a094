package dev.sluice.backend.engine.records;

/**
 * What stands in the table of sessions under an id: its record, where its record is, or bytes that
 * are none.
 */
public sealed interface SessionSlot permits SessionRecord, MovedSession, UnreadableSession {

  /** The session's id. */
  String id();
}
