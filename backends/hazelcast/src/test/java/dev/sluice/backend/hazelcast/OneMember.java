package dev.sluice.backend.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.tables.PublicNames;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Subject;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

abstract class OneMember {

  private static final AuditNote BY = new AuditNote("who", "why");

  static HazelcastInstance member;

  final String org = "org-" + UUID.randomUUID();
  final MovableClock clock = new MovableClock();
  final HazelcastBackend backend = open(clock);
  final WorkerRef worker = new WorkerRef(org, "worker-1", null);
  final Holder holder = new Holder("worker-1", null, 0);

  @BeforeAll
  static void startMember() {
    member = Hazelcast.newHazelcastInstance(MemberConfig.alone());
  }

  @BeforeEach
  void emptyRecords() {
    records().clear();
  }

  @AfterAll
  static void shutMemberDown() {
    member.shutdown();
  }

  static HazelcastBackend open(StoreTime time) {
    return new HazelcastBackend(
        member, new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), time), false);
  }

  void register() {
    backend.workers().register(org, registration("worker-1", 5, null));
  }

  static Registration registration(String id, int capacity, String machineId) {
    return new Registration(
        id,
        "key",
        Dialect.STANDARD,
        "host",
        capacity,
        Projects.ALL,
        List.of(BatchLane.CAPABILITY),
        false,
        machineId,
        "{}",
        List.of());
  }

  static List<String> names(String org) {
    IMap<String, byte[]> names = member.getMap(MemberConfig.NAMES);
    return names.keySet().stream()
        .filter(key -> key.startsWith(org))
        .map(PublicNames::name)
        .toList();
  }

  static NewBatchJob job(String id) {
    return new NewBatchJob(id, "hash", "{\"id\":\"" + id + "\"}");
  }

  NewWork named(String id, String hash, String... names) {
    return new NewWork(
        id,
        id,
        id,
        "web",
        List.of(),
        null,
        5,
        clock.now(),
        0,
        0,
        List.of(names),
        hash,
        "{\"id\":\"" + id + "\"}",
        Subject.NONE,
        null);
  }

  java.util.Optional<Message> send(String session, String text) {
    return send(backend, session, text);
  }

  java.util.Optional<Message> send(HazelcastBackend node, String session, String text) {
    try {
      return java.util.Optional.of(
          node.inboxes()
              .send(
                  org,
                  session,
                  new NewMessage(MessageType.NUDGE, Lane.NORMAL, text, null, null),
                  BY)
              .message());
    } catch (RefusedException e) {
      return java.util.Optional.empty();
    }
  }

  NewWork work(String id) {
    return new NewWork(
        id, id, id, "web", List.of(), 5, clock.now(), 0, 0, "hash", "{\"id\":\"" + id + "\"}");
  }

  static StatusReport report(SessionState state) {
    return new StatusReport(state, new TreeMap<>(), -1);
  }

  String dump() {
    IMap<String, OrgState> orgs = member.getMap(MemberConfig.ORGS);
    return orgs.executeOnKey(org, new Dump());
  }

  static IMap<String, byte[]> records() {
    return member.getMap(MemberConfig.RECORDS);
  }

  static IMap<String, byte[]> activities() {
    return member.getMap(MemberConfig.ACTIVITIES);
  }

  static IMap<String, byte[]> items() {
    return member.getMap(MemberConfig.ITEMS);
  }

  static IMap<String, byte[]> texts() {
    return member.getMap(MemberConfig.TEXTS);
  }
}
