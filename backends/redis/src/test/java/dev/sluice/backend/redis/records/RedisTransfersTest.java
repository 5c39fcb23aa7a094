package dev.sluice.backend.redis.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.queues.Closure.Purpose;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.Transfers;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisTransfersTest extends DamagedRedis {

  private static final String COPY = "copy";

  @Test
  void waiting_work_takes_no_more_keys_than_it_took() {
    enqueue("a", "default", 1);
    enqueue("b", "default", 1, clock.now() + 1_000);

    OrgCopy.enter(backend(), COPY, OrgCopy.leave(backend(), ORG));

    for (String id : List.of("a", "b")) {
      assertThat(jedis.exists("{copy}:s:" + id)).isFalse();
      assertThat(jedis.get("{copy}:p:" + id)).isEqualTo(jedis.get("{broken}:p:" + id));
    }
  }

  @Test
  void new_capability_sets_of_one_write_get_numbers_of_their_own() {
    for (String capability : List.of("x", "y", "z")) {
      enqueue(
          new NewWork(
              capability,
              capability,
              "",
              "default",
              List.of(capability),
              1,
              1,
              0,
              0,
              "hash",
              "{}"));
    }

    OrgCopy.enter(backend(), COPY, OrgCopy.leave(backend(), ORG));

    assertThat(Set.copyOf(jedis.hgetAll("{copy}:sets").values())).hasSize(3);
  }

  @Test
  void a_write_that_meets_a_damaged_key_goes_on_once_that_is_repaired() {
    enqueue("a", "default", 1);
    enqueue("b", "default", 1, clock.now() + 1_000);
    List<OrgRecord> records =
        OrgCopy.leave(backend(), ORG).stream()
            .filter(SessionCopy.class::isInstance)
            .sorted(Comparator.comparing(record -> ((SessionCopy) record).id()))
            .toList();
    transfers().close(COPY, OrgCopy.closure(Purpose.IMPORT), null);
    jedis.set("{copy}:later:default", "somebody else's");

    refused(() -> transfers().write(COPY, OrgCopy.ID, records));
    assertThat(backend().work().counts(COPY).ready()).isEqualTo(1);
    assertThat(jedis.exists("{copy}:p:b")).isFalse();

    jedis.del("{copy}:later:default");
    transfers().write(COPY, OrgCopy.ID, records);
    assertThat(backend().work().counts(COPY).ready()).isEqualTo(1);
    assertThat(backend().work().counts(COPY).later()).isEqualTo(1);
  }

  /** Their pattern has 0 or 1 there. */
  @Test
  void nodes_without_closures_can_not_read_a_closed_org() {
    assertThat(flags()).isEqualTo("0");
    transfers().close(ORG, OrgCopy.closure(Purpose.EXPORT), null);
    assertThat(flags()).isEqualTo("2");
    transfers().open(ORG, OrgCopy.ID, null);
    assertThat(flags()).isEqualTo("0");

    backend().credentials().revoke(ORG, "key");
    transfers().close(ORG, OrgCopy.closure(Purpose.EXPORT), null);
    assertThat(flags()).isEqualTo("3");
    transfers().open(ORG, OrgCopy.ID, null);
    assertThat(flags()).isEqualTo("1");
  }

  private String flags() {
    return jedis.hget("{broken}:org", "numbers").split(" ")[12];
  }

  @Test
  void an_import_that_ended_by_its_time_leaves_no_list_of_its_keys() {
    NewClosure brief = new NewClosure(OrgCopy.ID, Purpose.IMPORT, "", 1, null, "");
    transfers().close(COPY, brief, null);
    Key key = new Key("k", ORG, Key.Type.USER, "", Set.of(), List.of());
    OrgCopy.write(backend(), COPY, List.of(new OrgRecord.StoredKey("hash", key, 0)));
    assertThat(jedis.smembers("{copy}:import")).containsExactly("hash");

    clock.jump(Duration.ofMillis(1));
    backend().upkeep().sweep();

    assertThat(jedis.exists("{copy}:import")).isFalse();
    assertThat(jedis.hexists("{copy}:org", "closure")).isFalse();
  }

  @Test
  void a_closed_org_whose_closure_is_lost_is_damaged() {
    transfers().close(ORG, OrgCopy.closure(Purpose.EXPORT), null);
    jedis.hdel("{broken}:org", "closure");

    refused(() -> enqueue("a", "default", 1));
    refused(() -> transfers().closure(ORG));
  }

  @Test
  void a_discarded_import_leaves_no_events_and_the_numbers_go_on() {
    registerIn(COPY, "first");
    registerIn(COPY, "second");
    backend().workers().deregister(new WorkerRef(COPY, "first", null), null);
    backend().workers().deregister(new WorkerRef(COPY, "second", null), null);
    transfers().close(COPY, OrgCopy.closure(Purpose.IMPORT), null);

    while (!transfers().discardStep(COPY, OrgCopy.ID)) {
      assertThat(backend().events().after(COPY, 0, 9).latest()).isEqualTo(4);
    }

    assertThat(jedis.exists("{copy}:events")).isFalse();
    assertThat(backend().events().after(COPY, 4, 9)).isEqualTo(new EventPage(List.of(), 5, 4));
  }

  private void registerIn(String org, String worker) {
    backend()
        .workers()
        .register(
            org,
            new Registration(
                worker,
                "k",
                Dialect.STANDARD,
                "h",
                1,
                Projects.ALL,
                List.of(),
                false,
                null,
                "{}",
                List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claimed",
        "claimed:default",
        "ready:1:default",
        "returned:1:default",
        "heads:ready:1",
        "heads:returned:1",
        "parked:default",
        "later:default",
        "due",
        "returns:w",
        "accepts",
        "graces",
        "ended",
        "dead",
        "dead:default",
        "sets",
        "w:w",
        "workers",
        "leases",
        "silent",
        "machines",
        "mail:w",
        "f:claimed",
        "t:claimed",
        "a:claimed",
        "said",
        "messages:claimed",
        "urgent:claimed",
        "normal:claimed",
        "offered:claimed",
        "nudges:claimed",
        "lane:normal",
        "texts",
        "archive:ended",
        "archived",
        "archives",
        "acked:claimed",
        "jobs",
        "jobs-over",
        "stop-runs",
        "r:k",
        "replays",
        "queues",
        "audit",
        "audit-actors",
        "audit-of:who",
        "revoked"
      })
  void a_record_that_would_be_written_to_a_key_of_another_type_changes_nothing(String name) {
    List<OrgRecord> records = everything();
    transfers().close(COPY, OrgCopy.closure(Purpose.IMPORT), null);
    jedis.set("{copy}:" + name, "somebody else's");

    int refusals = 0;
    for (OrgRecord record : records) {
      Map<String, Object> before = contents();
      try {
        transfers().write(COPY, OrgCopy.ID, List.of(record));
      } catch (RefusedException e) {
        assertThat(e.refusal()).isIn(Refusal.DAMAGED, Refusal.UNKNOWN_SESSION);
        assertThat(contents()).as("after " + record).isEqualTo(before);
        refusals++;
      }
    }

    assertThat(refusals).isPositive();
    assertThat(jedis.get("{copy}:" + name)).isEqualTo("somebody else's");
  }

  private List<OrgRecord> everything() {
    enqueue("returned", "default", 1);
    take(1);
    backend().sessions().nack(ORG, "returned", HOLDER, null);
    enqueue("ended", "default", 1);
    take(1);
    send("ended");
    report("ended", SessionState.COMPLETED);
    enqueue("stopping", "default", 1);
    take(1);
    backend().sessions().stop(ORG, "stopping", new StopMessage("", null, null), Place.ANY, BY);
    long due = clock.now() + 1;
    enqueue(new NewWork("dead", "dead", "dead", "default", List.of(), 1, 1, 0, due, "hash", "{}"));
    clock.jump(Duration.ofMillis(2));
    backend().upkeep().sweep();
    enqueue("ready", "default", 2);
    enqueue("later", "default", 1, clock.now() + 1_000);
    claimed();
    backend().queues().limit(ORG, "default", new QueueLimits(9, null), BY);
    backend().credentials().revoke(ORG, "key");
    backend().stopOrders().add(ORG, new NewStopOrder("s", null, List.of()), BY);
    addJob("waiting");
    pollForJobs();
    addJob("job");
    return OrgCopy.leave(backend(), ORG);
  }

  private void claimed() {
    enqueue("claimed", "default", 1);
    take(1);
    enqueue(new NewWork("parked", "claimed", "c", "default", List.of(), 1, 1, 0, 0, "hash", "{}"));
    send("claimed");
    backend().sessions().refresh(ORG, "claimed", HOLDER, new RefreshRequest(true, null));
    send("claimed", new Idempotency("k", 0, "body"));
    send("claimed");
    backend().sessions().addActivity(ORG, "claimed", HOLDER, new NewActivity("thought", "hm"));
    report("claimed", SessionState.RUNNING);
  }

  private void report(String session, SessionState state) {
    backend()
        .sessions()
        .report(ORG, session, HOLDER, new StatusReport(state, new TreeMap<>(Map.of("f", "1")), -1));
  }

  private Transfers transfers() {
    return backend().transfers();
  }
}
