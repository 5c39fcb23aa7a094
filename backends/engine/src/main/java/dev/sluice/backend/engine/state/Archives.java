package dev.sluice.backend.engine.state;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What ended sessions left unread, by session and by age. */
public final class Archives {

  private final Map<String, ArchiveRecord> bySession = new HashMap<>();
  private final RankedSet byTime = new RankedSet();

  /** What that session left; null if nothing is kept of it. */
  public @Nullable ArchiveRecord of(String sessionId) {
    return bySession.get(sessionId);
  }

  /** Sessions by the time at which they left something. */
  public RankedSet byTime() {
    return byTime;
  }

  void put(ArchiveRecord archive) {
    remove(archive.sessionId());
    bySession.put(archive.sessionId(), archive);
    byTime.add(archive.atMs(), archive.sessionId());
  }

  void remove(String sessionId) {
    ArchiveRecord old = bySession.remove(sessionId);
    if (old != null) {
      byTime.remove(old.atMs(), sessionId);
    }
  }

  void each(Consumer<ArchiveRecord> look) {
    bySession.values().forEach(look);
  }
}
