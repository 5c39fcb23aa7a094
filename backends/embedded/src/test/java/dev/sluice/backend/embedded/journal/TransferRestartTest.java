package dev.sluice.backend.embedded.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.tables.StoredItem;
import dev.sluice.backend.queues.Closure.Purpose;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.WorkerCopy;
import dev.sluice.backend.work.NewWork;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransferRestartTest {

  private static final String ORG = "org";

  @TempDir private Path directory;

  private final MovableClock clock = new MovableClock();
  private QueueBackend backend;

  private void start() {
    Path data = directory.resolve("data");
    backend = JournalBackend.open(new BackendEnvironment(Rules.DEFAULTS, data, clock));
  }

  private void restart() {
    backend.close();
    start();
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void a_closed_org_stays_closed_and_as_it_was() {
    start();
    backend.work().enqueue(ORG, works("a", 3));
    NewClosure closure = new NewClosure("c", Purpose.MOVE, "to b", 60_000, "https://b", "half");
    backend.transfers().close(ORG, closure, new AuditNote("u", "why"));
    List<OrgRecord> before = kept(OrgCopy.read(backend, ORG));

    restart();

    assertThat(backend.transfers().closure(ORG)).get().extracting("progress").isEqualTo("half");
    assertThat(kept(OrgCopy.read(backend, ORG))).isEqualTo(before);
    assertThat(backend.upkeep().sweepStep(ORG)).isEqualTo(SweepResult.NOTHING);
    assertThatThrownBy(() -> backend.work().enqueue(ORG, works("b", 1)))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.CLOSED));
    assertThat(backend.transfers().open(ORG, "c", null)).isTrue();
    restart();
    assertThat(backend.transfers().closure(ORG)).isEmpty();
    backend.work().enqueue(ORG, works("b", 1));
  }

  @Test
  void an_import_goes_on_where_it_ended() {
    List<OrgRecord> records = source();
    start();
    backend.transfers().close(ORG, OrgCopy.closure(Purpose.IMPORT), null);
    OrgCopy.write(backend, ORG, records.subList(0, 2 * records.size() / 3));

    restart();
    OrgCopy.write(backend, ORG, records);
    restart();

    assertThat(backend.transfers().open(ORG, OrgCopy.ID, null)).isTrue();
    assertThat(kept(OrgCopy.read(backend, ORG))).isEqualTo(kept(records));
    KitWorker worker = new KitWorker(() -> backend, ORG).named("w");
    worker.report("live1", SessionState.COMPLETED);
    assertThat(backend.sessions().findPublic(ORG, "name of live2").id()).isEqualTo("live2");
  }

  @Test
  void what_was_discarded_stays_away() {
    List<OrgRecord> records = source();
    start();
    backend.transfers().close(ORG, OrgCopy.closure(Purpose.IMPORT), null);
    OrgCopy.write(backend, ORG, records);
    boolean over = false;
    while (!over) {
      over = backend.transfers().discardStep(ORG, OrgCopy.ID);
    }

    restart();

    assertThat(kept(OrgCopy.read(backend, ORG))).hasOnlyElementsOfType(OrgRecord.Logged.class);
    OrgCopy.write(backend, ORG, records);
    assertThat(kept(OrgCopy.read(backend, ORG))).isEqualTo(kept(records));
  }

  /** A crash may leave an item whose session was not written yet. */
  @Test
  void an_orphan_item_keeps_no_public_id() {
    start();
    NewWork work = WorkBuilder.work("b").called("p").build();
    backend.work().enqueue(ORG, List.of(work));
    backend.close();
    String item = StoredItem.of(List.of("p"), "{}");
    byte[] key = new Blobs.Ref(ORG, "a", 1).key().getBytes(UTF_8);
    byte[] value =
        ByteBuffer.allocate(8 + item.length())
            .putLong(clock.now())
            .put(item.getBytes(UTF_8))
            .array();
    try (Journal journal = Journal.open(directory.resolve("data"))) {
      journal.start();
      journal.append(List.of(Row.put(StoreTable.ITEMS, key, value)));
    }

    start();

    assertThat(backend.sessions().findPublic(ORG, "p").id()).isEqualTo("b");
    assertThat(OrgCopy.read(backend, ORG))
        .filteredOn(SessionCopy.class::isInstance)
        .singleElement()
        .extracting(record -> ((SessionCopy) record).publicIds())
        .isEqualTo(List.of("p"));
  }

  private List<OrgRecord> source() {
    try (MemoryBackend memory = new MemoryBackend(Rules.DEFAULTS, clock)) {
      memory.work().enqueue(ORG, works("live", 60));
      KitWorker worker = new KitWorker(() -> memory, ORG).named("w").register();
      worker.take(4);
      worker.start("live1");
      worker.tell("live1", "thought", "said");
      worker.complete("live10");
      return OrgCopy.leave(memory, ORG);
    }
  }

  /** A restart skips numbers that may have been used, and forgets the signs of workers. */
  private static List<OrgRecord> kept(List<OrgRecord> records) {
    return records.stream()
        .filter(record -> !(record instanceof OrgRecord.Numbers || record instanceof WorkerCopy))
        .toList();
  }

  private static List<NewWork> works(String prefix, int count) {
    return Stream.iterate(1, n -> n + 1)
        .limit(count)
        .map(n -> WorkBuilder.work(prefix + n).called("name of " + prefix + n).build())
        .toList();
  }
}
