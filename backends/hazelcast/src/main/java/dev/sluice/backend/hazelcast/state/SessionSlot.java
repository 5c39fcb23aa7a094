package dev.sluice.backend.hazelcast.state;

/** What stands in the table of sessions under an id: its record, or bytes that are none. */
public sealed interface SessionSlot permits SessionRecord, UnreadableSession {

  /** The session's id. */
  String id();
}
