package dev.sluice.backend.tck.transfers;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.queues.Closure.Purpose;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.tck.TransferVerbs;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

abstract class ImportCases extends TransferVerbs {

  @Test
  void it_needs_an_org_without_sessions() {
    enqueue(work("a"));
    assertNotEmpty();
    stop("a");
    assertNotEmpty();
  }

  @Test
  void it_needs_an_org_without_workers() {
    worker.register();
    assertNotEmpty();
  }

  @Test
  void it_needs_an_org_without_settings_of_projects() {
    pause("web", 0);
    assertNotEmpty();
    resume("web");
    cap("web", 1);
    assertNotEmpty();
  }

  @Test
  void it_needs_an_org_without_jobs() {
    add("j");
    assertNotEmpty();
  }

  @Test
  void it_needs_an_org_without_stop_orders() {
    stopOrders().add(org, new NewStopOrder("s", null, List.of()), BY);
    assertNotEmpty();
  }

  private void assertNotEmpty() {
    assertThat(refused(Refusal.NOT_EMPTY, () -> close(org, Purpose.IMPORT)))
        .hasMessage("org " + org + " is not empty");
    assertThat(transfers().closure(org)).isEmpty();
  }

  @Test
  void keys_and_audit_lines_may_be_there() {
    audit().add(org, BY, "look", "an item", "");
    addKey("first");

    close(org, Purpose.IMPORT);

    assertThat(transfers().closure(org)).isPresent();
  }

  @Test
  void its_closure_can_be_replaced_when_the_org_is_no_longer_empty() {
    close(org, Purpose.IMPORT);
    OrgCopy.write(backend(), org, List.of(aSession()));

    NewClosure half = new NewClosure(OrgCopy.ID, Purpose.IMPORT, "", 0, null, "half");
    assertThat(transfers().close(org, half, null).progress()).isEqualTo("half");
  }

  @Test
  void a_sweep_lets_parked_work_go_that_nothing_keeps() {
    enqueue(work("a").issue("i").project("web").priority(1), work("b").issue("i").project("web"));
    List<OrgRecord> records =
        OrgCopy.leave(backend(), org).stream()
            .filter(record -> !(record instanceof SessionCopy copy && copy.id().equals("a")))
            .toList();
    String copy = newOrg();
    OrgCopy.enter(backend(), copy, OrgCopy.rehashed(records));
    Session before = sessions().find(copy, "b");

    backend().upkeep().sweepStep(copy);

    assertThat(before.place()).isEqualTo(Place.PARKED);
    assertThat(sessions().find(copy, "b").place()).isEqualTo(Place.READY);
    assertThat(backend().work().counts(copy)).isEqualTo(new Counts(1, 0, 0, 0, 0, 0));
    assertThat(store().contradictions(copy)).isEmpty();
  }

  /** A store may send the parts of a copy from threads of its own. */
  private void refusedUnnumbered(ThrowingCallable call) {
    withoutTrace(() -> refusal(Refusal.CLOSED, call));
  }

  @Test
  void nothing_is_written_outside_of_it() {
    List<OrgRecord> records = List.of(aSession());
    refusedUnnumbered(() -> transfers().write(org, OrgCopy.ID, records));

    close(org, Purpose.MOVE);
    refusedUnnumbered(() -> transfers().write(org, OrgCopy.ID, records));
    refusedUnnumbered(() -> transfers().discardStep(org, OrgCopy.ID));
    open(org);

    close(org, Purpose.IMPORT);
    refusedUnnumbered(() -> transfers().write(org, "other", records));
    refusedUnnumbered(() -> transfers().discardStep(org, "other"));
  }

  @Test
  void nothing_is_written_after_its_end() {
    transfers().close(org, new NewClosure(OrgCopy.ID, Purpose.IMPORT, "", 1, null, ""), null);
    jump(MOMENT);

    refusedUnnumbered(() -> transfers().write(org, OrgCopy.ID, List.of(aSession())));
    sweep();
    assertNothingLeft();
  }

  @Test
  void a_second_write_changes_nothing() {
    claim("a");
    worker.start("a");
    enqueue(work("b").called("B"));
    add("j");
    cap("web", 2);
    List<OrgRecord> records = OrgCopy.leave(backend(), org);
    String copy = newOrg();
    close(copy, Purpose.IMPORT);

    OrgCopy.write(backend(), copy, records);
    OrgCopy.write(backend(), copy, records);
    transfers().write(copy, OrgCopy.ID, records);

    assertSame(backend(), copy);
    assertThat(store().contradictions(copy)).isEmpty();
  }

  @Test
  void what_is_there_stays() {
    enqueue(work("a").project("web"));
    List<OrgRecord> before = read(org);
    worker.claim("a");
    worker.start("a");
    List<OrgRecord> after = OrgCopy.leave(backend(), org);
    String copy = newOrg();
    close(copy, Purpose.IMPORT);

    OrgCopy.write(backend(), copy, before);
    OrgCopy.write(backend(), copy, after);

    assertThat(sessionIn(read(copy), "a")).isEqualTo(sessionIn(before, "a"));
    assertThat(store().contradictions(copy)).isEmpty();
  }

  @Test
  void numbers_never_decrease() {
    audit().add(org, BY, "look", "an item", "");
    audit().add(org, BY, "look", "another", "");
    long before = seq();
    close(org, Purpose.IMPORT);

    OrgCopy.write(backend(), org, List.of(new OrgRecord.Numbers(1, 1, 1, 1, 1, 1, 1)));
    assertThat(seq()).isEqualTo(before);

    OrgCopy.write(backend(), org, List.of(new OrgRecord.Numbers(100, 1, 1, 1, 1, 1, 1)));
    assertThat(seq()).isEqualTo(100);
  }

  @Test
  void the_event_log_goes_on_behind_its_last_number() {
    enqueue(works("w", 3));
    List<OrgRecord> records = OrgCopy.leave(backend(), org);
    String copy = newOrg();

    OrgCopy.enter(backend(), copy, records);
    assertThat(events().after(copy, 3, 10)).isEqualTo(new EventPage(List.of(), 4, 3));
    workerOf(copy).register();

    assertThat(events().after(copy, 3, 10).events())
        .extracting(LoggedEvent::number, LoggedEvent::type)
        .containsExactly(Tuple.tuple(4L, EventType.WORKER_REGISTERED));
    assertThat(events().after(copy, 2, 10)).isEqualTo(new EventPage(List.of(), 4, 4));
  }

  @Test
  void an_audit_line_replaces_the_one_of_its_id() {
    AuditLine own = audit().add(org, BY, "look", "an item", "");
    String source = newOrg();
    AuditLine imported = audit().add(source, BY, "act", "another", "");
    assertThat(imported.id()).isEqualTo(own.id());
    List<OrgRecord> records = OrgCopy.leave(backend(), source);

    OrgCopy.enter(backend(), org, records);

    assertThat(auditLines()).containsExactly(imported);
  }

  @Test
  void a_key_whose_hash_another_org_has_is_refused() {
    addKey("first");
    List<OrgRecord> records = OrgCopy.leave(backend(), org);
    String copy = newOrg();
    close(copy, Purpose.IMPORT);

    refusal(Refusal.CONFLICT, () -> OrgCopy.write(backend(), copy, records));

    assertThat(credentials().keys(copy)).isEmpty();
    assertThat(credentials().keys(org)).hasSize(1);
  }

  @Test
  void a_key_belongs_to_the_org_that_it_is_written_to() {
    String hash = newHash();
    Key key = new Key("k", "elsewhere", Key.Type.USER, "a key", Set.of(), List.of("web"));
    OrgCopy.enter(backend(), org, List.of(new OrgRecord.StoredKey(hash, key, 7)));

    assertThat(credentials().findKey(hash))
        .contains(new Key("k", org, Key.Type.USER, "a key", Set.of(), List.of("web")));
    assertThat(credentials().lastUses(org)).containsOnlyKeys("k").containsValue(7L);
  }

  private void addKey(String id) {
    credentials().addKey(newHash(), new Key(id, org, Key.Type.USER, "", Set.of(), List.of()));
  }

  private SessionCopy aSession() {
    String source = newOrg();
    queue().enqueue(source, List.of(work("s").build()));
    return sessionIn(read(source), "s");
  }
}
