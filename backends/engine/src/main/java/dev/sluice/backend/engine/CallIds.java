package dev.sluice.backend.engine;

import dev.sluice.backend.engine.records.CallId;
import java.security.SecureRandom;
import java.util.TreeSet;
import java.util.zip.CRC32;

/** Numbers the calls of this node, and knows which of them are under way. */
public final class CallIds {

  private final String node = Long.toUnsignedString(new SecureRandom().nextLong(), 36);
  private final TreeSet<Long> underWay = new TreeSet<>();
  private long last;

  /**
   * @param operation its bytes, as it travels
   */
  public CallId begin(byte[] operation) {
    CRC32 content = new CRC32();
    content.update(operation);
    synchronized (this) {
      underWay.add(++last);
      return new CallId(node, last, underWay.first(), (int) content.getValue());
    }
  }

  /** The call doesn't come again. */
  public synchronized void end(CallId call) {
    underWay.remove(call.number());
  }
}
