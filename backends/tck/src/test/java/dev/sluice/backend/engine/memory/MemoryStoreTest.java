package dev.sluice.backend.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.tck.RulesBuilder;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.transfer.OrgPage;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.Transfers;
import dev.sluice.backend.work.NewWork;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryStoreTest {

  private final List<String> failures = new ArrayList<>();
  private final BackendEnvironment environment =
      new BackendEnvironment(
          Rules.DEFAULTS, Path.of("unused"), StoreTime.STORE, reason -> failures.add(reason));

  static Stream<Throwable> failures() {
    return Stream.of(new StackOverflowError("deep"), new IllegalArgumentException("deep"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aStoreThatBrokeHalfWayServesNoMore(Throwable broken) {
    ChangeLog none = new ChangeLog.None();
    ChangeLog log =
        (ChangeLog)
            Proxy.newProxyInstance(
                ChangeLog.class.getClassLoader(),
                new Class<?>[] {ChangeLog.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("append")) {
                    throw broken;
                  }
                  return method.invoke(none, arguments);
                });
    try (MemoryBackend backend = new MemoryBackend(new MemoryStore(environment, log))) {
      AuditNote by = new AuditNote("who", "why");
      assertThatThrownBy(() -> backend.queues().pause("org", "web", 0, by)).isSameAs(broken);

      assertThat(failures).singleElement().asString().contains("deep", "start again");
      assertThat(backend.upkeep().health().problems()).isEqualTo(failures);
      assertThatThrownBy(() -> backend.queues().find("org", "web"))
          .isInstanceOfSatisfying(
              BackendUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse());
    }
  }

  @Test
  void aClosedStoreIsUnavailable() {
    MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, StoreTime.STORE);
    backend.close();
    assertThatThrownBy(() -> backend.work().counts("org"))
        .isInstanceOf(BackendUnavailableException.class);
    assertThat(backend.upkeep().health().healthy()).isFalse();
    assertThat(failures).isEmpty();
  }

  @Test
  void anImportEndsBeforeTheMemoryDoes() {
    Rules little = RulesBuilder.rules().maxBytes(1_000).build();
    MovableClock clock = new MovableClock();
    List<NewWork> work = Stream.of(WorkBuilder.works("a", 9)).map(WorkBuilder::build).toList();
    try (MemoryBackend source = new MemoryBackend(Rules.DEFAULTS, clock);
        MemoryBackend target = new MemoryBackend(little, clock)) {
      source.work().enqueue("org", work);
      List<OrgRecord> records = OrgCopy.leave(source, "org");
      Transfers transfers = target.transfers();
      transfers.close("org", OrgCopy.closure(Closure.Purpose.IMPORT), null);

      assertThatThrownBy(
              () -> records.forEach(each -> transfers.write("org", OrgCopy.ID, List.of(each))))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.STORE_FULL));

      assertThat(target.work().storedBytes("org")).isBetween(1_001L, 3_000L);
    }
  }

  @Test
  void aCopyNamesEndedSessionsWhoseRecordsAreLost() {
    try (MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, new MovableClock())) {
      KitWorker worker = new KitWorker(() -> backend, "org").register();
      backend.work().enqueue("org", List.of(WorkBuilder.work("a").build()));
      worker.claim("a");
      worker.complete("a");
      backend.upkeep().moveOutNow("org");
      MemoryMap records = backend.store().map(StoreTable.RECORDS);
      assertThat(records.all()).hasSize(1);
      assertThat(damaged(backend)).isEmpty();

      records.all().keySet().forEach(records::delete);

      assertThat(damaged(backend)).containsExactly("session a");
    }
  }

  private static List<String> damaged(MemoryBackend backend) {
    List<String> damaged = new ArrayList<>();
    String cursor = null;
    do {
      OrgPage page = backend.transfers().read("org", cursor);
      damaged.addAll(page.damaged());
      cursor = page.next();
    } while (cursor != null);
    return damaged;
  }

  @Test
  void partsHaveAllKeysOnce() {
    MemoryMap map =
        new MemoryMap(
            StoreTable.ITEMS,
            new ChangeLog.None(),
            error -> {
              throw error;
            });
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      keys.add("key-" + i);
      map.put("key-" + i, new byte[] {1});
    }
    List<String> found = new ArrayList<>();
    for (int part = 0; part < map.parts(); part++) {
      found.addAll(map.keys(part));
      assertThat(map.keys(part).size()).isBetween(1, 100);
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(map.all()).containsOnlyKeys(keys);
  }
}
