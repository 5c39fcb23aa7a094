package dev.sluice.backend.engine;

/** The tables of a store. Stores may keep data under these names. */
public enum StoreTable {
  /** The states of orgs; all others are maps of bytes. */
  STATES,
  /** The items of sessions. */
  ITEMS,
  /** Texts of messages and reports. */
  TEXTS,
  /** What workers told of their sessions. */
  ACTIVITIES,
  /** Other names of sessions. */
  NAMES,
  /** Items of the batch lane. */
  JOBS,
  /** Final records of ended sessions. */
  RECORDS,
  /** Credentials. */
  KEYS,
  /** What belongs to the store as a whole. */
  REGISTRY,
  /** Tokens that ended before their time. */
  ENDED;
}
