package dev.sluice.backend.engine.memory;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.StoreTable;
import dev.sluice.backend.engine.records.UnreadableSession;
import dev.sluice.backend.engine.state.StateDump;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

public record MemoryUnderTest(MemoryBackend backend) implements BackendUnderTest {

  private static final Set<StoreTable> OF_ORGS =
      Set.of(
          StoreTable.ITEMS,
          StoreTable.NAMES,
          StoreTable.JOBS,
          StoreTable.TEXTS,
          StoreTable.ACTIVITIES,
          StoreTable.RECORDS);

  public MemoryUnderTest(Rules rules, MovableClock clock) {
    this(new MemoryBackend(rules, clock));
  }

  @Override
  public void damage(String org, String sessionId) {
    backend
        .store()
        .state(org)
        .keepUnreadable(new UnreadableSession(sessionId, new byte[] {1, 2, 3}));
  }

  @Override
  public void loseItem(String org, String sessionId) {
    String prefix = org + Registry.SEPARATOR + sessionId + Registry.SEPARATOR;
    MemoryMap items = backend.store().map(StoreTable.ITEMS);
    items.keys(0).stream().filter(key -> key.startsWith(prefix)).forEach(items::delete);
    backend.forgetRecent();
  }

  @Override
  public List<String> leftovers(String org) {
    List<String> left = new ArrayList<>();
    for (StoreTable table : OF_ORGS) {
      backend.store().map(table).keys(0).stream()
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

  @Override
  public String contradictions(String org) {
    return StateDump.contradictions(backend.store().state(org));
  }

  @Override
  public void close() {
    backend.close();
  }
}
