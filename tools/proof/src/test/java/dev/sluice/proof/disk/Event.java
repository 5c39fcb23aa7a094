package dev.sluice.proof.disk;

import org.jspecify.annotations.Nullable;

/**
 * An event of a recording.
 *
 * @param begin place in the order of all events
 * @param end place of the return; {@link Integer#MAX_VALUE} if the call never returned
 * @param inode number of the file; {@link #DIRECTORY} for entries of the data directory, {@link
 *     #PARENT} for the entry of the data directory itself
 * @param name file that is named by the event, for people and for entries
 */
record Event(
    int begin,
    int end,
    Kind kind,
    int inode,
    String name,
    long at,
    byte[] data,
    @Nullable String to) {

  static final int DIRECTORY = 0;
  static final int PARENT = -1;

  static final byte[] NO_DATA = {};

  enum Kind {
    /** Data at a place of a file. */
    WRITE,
    /** The length of a file, in {@link #at}. */
    LENGTH,
    /** All that was written to the file, or all entries of the directory, is on disk. */
    SYNC,
    /** A new entry of a directory for a new file. */
    CREATE,
    /** An entry gets the name {@link #to}. */
    RENAME,
    REMOVE,
    /** A caller has its answer; the name is that of its plan. */
    ACKNOWLEDGE,
    /** A reader has an event of the store; the name is the org, {@link #at} the number. */
    READ,
    /** The same for the receiver of a webhook. */
    DELIVER;

    boolean tells() {
      return this == READ || this == DELIVER;
    }
  }

  /** A write may be on the disk once it has begun; a sync counts once it has returned. */
  int effective() {
    return kind == Kind.SYNC ? end : begin;
  }

  Event moved(int newBegin) {
    return new Event(newBegin, newBegin, kind, inode, name, at, data, to);
  }
}
