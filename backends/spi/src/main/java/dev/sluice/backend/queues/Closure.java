package dev.sluice.backend.queues;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * @param id chosen by the caller, a name as in {@link dev.sluice.backend.Names}
 * @param reason for people, at most 1,024 bytes
 * @param sinceMs the store's time, epoch ms
 * @param untilMs when it ends by itself, epoch ms; 0 for never
 * @param movedTo the address of the server that has the org now; null for none
 * @param progress kept for the caller, at most 4 KiB; not interpreted
 */
public record Closure(
    String id,
    Purpose purpose,
    String reason,
    long sinceMs,
    long untilMs,
    @Nullable String movedTo,
    String progress) {

  /** Names are stored. */
  public enum Purpose {
    EXPORT,
    MOVE,
    /** Its writes alone change the org. */
    IMPORT;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** False for another id or purpose, and for a change of one that names another server. */
  public boolean yieldsTo(NewClosure next) {
    boolean same = id.equals(next.id()) && purpose == next.purpose();
    boolean unchanged =
        reason.equals(next.reason())
            && untilMs == next.forMs()
            && Objects.equals(movedTo, next.movedTo())
            && progress.equals(next.progress());
    return same && (movedTo == null || unchanged);
  }

  public boolean stands(long nowMs) {
    return untilMs == 0 || nowMs < untilMs;
  }
}
