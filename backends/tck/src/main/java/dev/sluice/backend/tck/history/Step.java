package dev.sluice.backend.tck.history;

/** What a history is made of: a call, or time that passes. */
sealed interface Step permits Call, Jump {

  /** In one line, for people. */
  String text();
}
