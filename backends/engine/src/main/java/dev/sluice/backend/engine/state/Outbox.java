package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ended sessions on their way out of the state: their records are first written to the map of
 * records, each change of one under a new name, and leave the state some time after.
 */
public final class Outbox {

  private final Map<String, Long> toWrite = new LinkedHashMap<>();
  private final Map<String, Written> written = new LinkedHashMap<>();

  /**
   * A record in the map of records.
   *
   * @param record its name
   * @param atMs when it was known to be there, epoch ms
   */
  public record Written(long record, long atMs) {}

  /** The first sessions whose records are to be written, at most so many. */
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

  /** Sessions whose records were written until then, at most so many, in that order. */
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

  /** True if the record of any session that is still in the state was written. */
  public boolean anyWritten() {
    return !written.isEmpty();
  }

  /** Under which name a session's record is to be written; null if it isn't. */
  public @Nullable Long nameOf(String sessionId) {
    return toWrite.get(sessionId);
  }

  /** The written record of a session that is still in the state; null if none was written. */
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

  /** Shows the changes that make this. */
  void each(Consumer<Change> look) {
    written.forEach(
        (id, at) -> {
          look.accept(new Change.ToWrite(id, at.record()));
          look.accept(new Change.NoteWritten(id, at.record(), at.atMs()));
        });
    toWrite.forEach((id, record) -> look.accept(new Change.ToWrite(id, record)));
  }
}
