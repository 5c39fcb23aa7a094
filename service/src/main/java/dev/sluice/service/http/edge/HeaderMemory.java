package dev.sluice.service.http.edge;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** Memory for headers that have begun and not ended, in total and for each client address. */
public final class HeaderMemory {

  private static final int SHARE_OF_AN_ADDRESS = 8;

  /** A connection with its request, without fields. */
  private static final int BASE_BYTES = 4 * 1024;

  /** A field's objects, without its text. */
  private static final int FIELD_BYTES = 128;

  private final long total;
  private final Map<String, Long> byAddress = new HashMap<>(); // guards all below
  private long held;

  public HeaderMemory(long total) {
    this.total = total;
  }

  /** The memory that a header of this many fields and bytes takes, at most. */
  static int cost(int fields, int length) {
    return BASE_BYTES + FIELD_BYTES * fields + 2 * length;
  }

  static int cost(HttpFields header) {
    int length = 0;
    for (HttpField field : header) {
      length += field.getName().length();
      length += field.getValue() == null ? 0 : field.getValue().length();
    }
    return cost(header.size(), length);
  }

  /** Takes nothing if that would exceed a limit. */
  boolean take(String address, long bytes) {
    synchronized (byAddress) {
      long ofAddress = byAddress.getOrDefault(address, 0L) + bytes;
      if (held + bytes > total || ofAddress > total / SHARE_OF_AN_ADDRESS) {
        return false;
      }
      held += bytes;
      byAddress.put(address, ofAddress);
      return true;
    }
  }

  void release(String address, long bytes) {
    synchronized (byAddress) {
      held -= bytes;
      byAddress.computeIfPresent(address, (key, now) -> now > bytes ? now - bytes : null);
    }
  }
}
