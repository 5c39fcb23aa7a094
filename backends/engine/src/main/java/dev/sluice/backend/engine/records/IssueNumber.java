package dev.sluice.backend.engine.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.sessions.IssueIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * A number of an issue identifier, by which its sessions are found. {@link IssueIdentifiers Equal}
 * ones have the same, others rarely. Stored: it may not change.
 */
public final class IssueNumber {

  /** The number of a session that is not found by its identifier. */
  public static final long NONE = 0;

  private static final long BASIS = 0xCBF29CE484222325L;
  private static final long PRIME = 0x100000001B3L;

  private IssueNumber() {}

  public static long of(String identifier) {
    long number = BASIS;
    for (byte each : IssueIdentifiers.folded(identifier).getBytes(UTF_8)) {
      number = (number ^ (each & 0xFF)) * PRIME;
    }
    return number == NONE ? PRIME : number;
  }

  /** A session that has its own id as identifier has none. */
  public static long of(@Nullable SessionSlot slot) {
    if (slot instanceof SessionRecord session) {
      String identifier = session.issueIdentifier();
      return identifier == null || identifier.equals(session.id()) ? NONE : of(identifier);
    }
    return slot instanceof MovedSession moved ? moved.issue() : NONE;
  }
}
