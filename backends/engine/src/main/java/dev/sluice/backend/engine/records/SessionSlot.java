package dev.sluice.backend.engine.records;

/** The entry of a session: its record, the place of its record, or unreadable bytes. */
public sealed interface SessionSlot permits SessionRecord, MovedSession, UnreadableSession {

  String id();
}
