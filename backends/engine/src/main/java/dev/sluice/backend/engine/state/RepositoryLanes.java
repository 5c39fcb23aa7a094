package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.store.PackedNames;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Ready and returned work that names a repository, by repository and project, beside its buckets: a
 * poll of a worker that lists repositories finds theirs without a look at those of others.
 */
public final class RepositoryLanes {

  private static final char END = '/';
  private static final char BEHIND_END = END + 1;

  /** By repository and {@link #END}, so that those that begin with another one follow it. */
  private final TreeMap<String, Map<String, RankedSet>> lanes = new TreeMap<>();

  void add(SessionRecord session) {
    lanes
        .computeIfAbsent(key(session), key -> new HashMap<>(2))
        .computeIfAbsent(session.project(), project -> new RankedSet())
        .add(session.score(), session.id());
  }

  void remove(SessionRecord session) {
    String key = key(session);
    Map<String, RankedSet> projects = lanes.get(key);
    RankedSet items = projects == null ? null : projects.get(session.project());
    if (projects == null || items == null) {
      return;
    }
    items.remove(session.score(), session.id());
    if (items.isEmpty()) {
      projects.remove(session.project());
    }
    if (projects.isEmpty()) {
      lanes.remove(key);
    }
  }

  private static String key(SessionRecord session) {
    return Objects.requireNonNull(PackedNames.repository(session.capabilities())) + END;
  }

  /** Visits project and work of all lanes that a worker which lists these takes; some twice. */
  public void visit(List<String> listed, BiConsumer<String, RankedSet> visitor) {
    for (String repository : listed) {
      visit(lanes.subMap(repository + END, repository + BEHIND_END).values(), visitor);
      for (int at = repository.indexOf(END); at > 0; at = repository.indexOf(END, at + 1)) {
        Map<String, RankedSet> shorter = lanes.get(repository.substring(0, at + 1));
        if (shorter != null) {
          visit(List.of(shorter), visitor);
        }
      }
    }
  }

  /** Visits lanes in the order of repositories, at most so many. Returns how many. */
  public int visit(int atMost, Visitor visitor) {
    int visited = 0;
    for (Map.Entry<String, Map<String, RankedSet>> lane : lanes.entrySet()) {
      String repository = lane.getKey().substring(0, lane.getKey().length() - 1);
      for (Map.Entry<String, RankedSet> items : lane.getValue().entrySet()) {
        if (visited == atMost) {
          return visited;
        }
        visitor.visit(repository, items.getKey(), items.getValue());
        visited++;
      }
    }
    return visited;
  }

  /** Sees the lanes. */
  public interface Visitor {
    void visit(String repository, String project, RankedSet items);
  }

  private static void visit(
      Collection<Map<String, RankedSet>> lanes, BiConsumer<String, RankedSet> visitor) {
    lanes.forEach(projects -> projects.forEach(visitor));
  }
}
