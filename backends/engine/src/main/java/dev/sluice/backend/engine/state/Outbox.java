package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ended sessions on their way out. Their records are written to the table of final records first,
 * each version under a new name, and leave the state later.
 */
public final class Outbox {

  private final Map<String, Long> toWrite = new LinkedHashMap<>();
  private final Map<String, Written> written = new LinkedHashMap<>();

  /**
   * @param record its name
   * @param atMs confirmed then, epoch ms
   */
  public record Written(long record, long atMs) {}

  public List<String> first(int atMost) {
    List<String> ids = new ArrayList<>(Math.min(atMost, toWrite.size()));
    for (String id : toWrite.keySet()) {
      if (ids.size() == atMost) {
        break;
      }
      ids.add(id);
    }
    return ids;
  }

  public List<String> writtenUntil(long ms, int atMost) {
    List<String> ids = new ArrayList<>(0);
    for (Map.Entry<String, Written> entry : written.entrySet()) {
      if (ids.size() == atMost || entry.getValue().atMs() > ms) {
        break;
      }
      ids.add(entry.getKey());
    }
    return ids;
  }

  public boolean anyWritten() {
    return !written.isEmpty();
  }

  /** Name for the session's record; null if it isn't queued. */
  public @Nullable Long nameOf(String sessionId) {
    return toWrite.get(sessionId);
  }

  public @Nullable Written written(String sessionId) {
    return written.get(sessionId);
  }

  void toWrite(String sessionId, long record) {
    written.remove(sessionId);
    toWrite.put(sessionId, record);
  }

  void written(String sessionId, long record, long atMs) {
    if (toWrite.remove(sessionId, record)) {
      written.put(sessionId, new Written(record, atMs));
    }
  }

  void remove(String sessionId) {
    toWrite.remove(sessionId);
    written.remove(sessionId);
  }

  void each(Consumer<Change> look) {
    written.forEach(
        (id, at) -> {
          look.accept(new Change.ToWrite(id, at.record()));
          look.accept(new Change.NoteWritten(id, at.record(), at.atMs()));
        });
    toWrite.forEach((id, record) -> look.accept(new Change.ToWrite(id, record)));
  }
}
