package dev.sluice.backend.transfer;

import dev.sluice.backend.BackendUnavailableException;
import java.util.function.Consumer;

/**
 * A reader of another server's store; it changes nothing there. Readers are listed in {@code
 * META-INF/services}.
 */
public interface ForeignStore {

  /** The name of the other server, as in the command that imports it. */
  String name();

  /**
   * Reads all of a store, which may be in use: what moves meanwhile may be seen in two places, or
   * in none.
   *
   * <p>The records are those of {@link Transfers#read}, in its order, and hold together as those of
   * one org. {@link SessionCopy#contentHash} is empty and {@link SessionCopy#publicIds} are none:
   * the caller fills them in. Items may hold credentials, so records belong in no log.
   *
   * @param unmapped gets all that is left out or changed; holds no value of the store, and a key as
   *     it is, control characters included
   * @throws IllegalArgumentException if the URI is invalid; doesn't repeat it
   * @throws BackendUnavailableException if the store can't be read to its end; what was given
   *     before is then no whole
   */
  void read(String uri, Consumer<OrgRecord> records, Consumer<Unmapped> unmapped);

  /**
   * @param key of the other store, maybe with a part of it in brackets, or a pattern for keys that
   *     are left behind together
   * @param reason begins with {@link #LEFT_OUT} or {@link #IMPORTED}
   */
  record Unmapped(String key, String reason) {

    /** The data is not in the records. */
    public static final String LEFT_OUT = "left out: ";

    /** The data is in the records, but not as it was. */
    public static final String IMPORTED = "imported: ";

    public boolean leftOut() {
      return reason.startsWith(LEFT_OUT);
    }
  }
}
