package dev.sluice.backend.engine.memory;

import dev.sluice.backend.engine.records.UnreadableSession;
import dev.sluice.backend.engine.state.StateDump;
import dev.sluice.backend.engine.tables.ByteMap;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.tables.StoreTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Damages a {@link MemoryStore} and looks into it, for tests. */
public record StoreScalpel(MemoryBackend backend) {

  private static final Set<StoreTable> OF_ORGS =
      Set.of(
          StoreTable.ITEMS,
          StoreTable.NAMES,
          StoreTable.JOBS,
          StoreTable.TEXTS,
          StoreTable.ACTIVITIES,
          StoreTable.RECORDS);

  public void damage(String org, String sessionId) {
    backend
        .store()
        .state(org)
        .keepUnreadable(new UnreadableSession(sessionId, new byte[] {1, 2, 3}));
  }

  public void loseItem(String org, String sessionId) {
    String prefix = org + Registry.SEPARATOR + sessionId + Registry.SEPARATOR;
    ByteMap items = backend.store().map(StoreTable.ITEMS);
    items.all().keySet().stream().filter(key -> key.startsWith(prefix)).forEach(items::delete);
    backend.forgetRecent();
  }

  public List<String> leftovers(String org) {
    List<String> left = new ArrayList<>();
    for (StoreTable table : OF_ORGS) {
      backend.store().map(table).all().keySet().stream()
          .filter(key -> key.startsWith(org + Registry.SEPARATOR))
          .map(key -> table + " " + key.replace(Registry.SEPARATOR, ' '))
          .forEach(left::add);
    }
    StateDump.leftovers(backend.store().state(org))
        .lines()
        .filter(line -> !line.isEmpty())
        .forEach(left::add);
    return left;
  }

  public String contradictions(String org) {
    return StateDump.contradictions(backend.store().state(org));
  }
}
