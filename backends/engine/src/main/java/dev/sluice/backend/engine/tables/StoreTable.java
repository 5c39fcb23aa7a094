package dev.sluice.backend.engine.tables;

/** Names are stored. */
public enum StoreTable {
  /** All other tables are maps of bytes. */
  STATES,
  ITEMS,
  TEXTS,
  ACTIVITIES,
  NAMES,
  JOBS,
  RECORDS,
  KEYS,
  REGISTRY,
  ENDED;
}
