package dev.sluice.backend.engine.records;

/** The entry of a session. */
public sealed interface SessionSlot permits SessionRecord, MovedSession, UnreadableSession {

  String id();
}
