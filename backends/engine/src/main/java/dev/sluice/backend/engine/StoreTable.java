package dev.sluice.backend.engine;

/** The tables of a store. Names are stored. */
public enum StoreTable {
  /** States of orgs; all other tables are maps of bytes. */
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
