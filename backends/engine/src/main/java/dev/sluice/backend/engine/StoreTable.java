package dev.sluice.backend.engine;

/** The tables of a store. Names are stored. */
public enum StoreTable {
  /** States of orgs; all other tables are maps of bytes. */
  STATES,
  ITEMS,
  TEXTS,
  /** Texts of activities. */
  ACTIVITIES,
  /** Public ids of sessions. */
  NAMES,
  JOBS,
  RECORDS,
  KEYS,
  /** Data about the store itself. */
  REGISTRY,
  /** Tokens that ended before their time. */
  ENDED;
}
