package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.sluice.backend.AnswerNumbers;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.engine.records.CallId;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.RandomOperations;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.engine.write.StopOperations.AddAudit;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.contract.QueueBackendContract;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A cluster with its second member in another JVM: operations, replies, changes and whole states
 * are serialized.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TwoMembersTest {

  private static final AuditNote BY = new AuditNote("who", "why");

  /** The contract, with about half of the orgs on the other member. */
  @Nested
  class Contract extends QueueBackendContract {

    private static HazelcastInstance first;
    private static SecondMember second;

    @BeforeAll
    static void startMembers() throws Exception {
      first = SecondMember.first();
      second = SecondMember.beside(first);
    }

    @AfterAll
    static void shutMembersDown() {
      second.close();
      first.getLifecycleService().terminate();
    }

    @Override
    protected BackendUnderTest open(Rules rules, MovableClock clock) {
      return new HazelcastContractTest.OnMember(first, AnswerLog.environment(rules, clock));
    }
  }

  @Test
  void moved_states_are_equal() throws Exception {
    HazelcastInstance first = SecondMember.first();
    MemberLayout.of(first).note(Layouts.OF_THIS_BUILD.newest());
    try {
      IMap<String, OrgState> map = first.getMap(MemberConfig.ORGS);
      List<String> orgs = IntStream.range(0, 12).mapToObj(i -> "org-" + i).toList();
      Map<String, RandomOperations> samples = new HashMap<>();
      orgs.forEach(org -> samples.put(org, new RandomOperations(org.hashCode(), 100)));
      orgs.forEach(org -> run(first, org, samples.get(org), 500));
      Map<String, String> before = dumps(map, orgs);

      try (SecondMember second = SecondMember.beside(first)) {
        assertThat(owners(first, orgs)).hasSize(2);
        assertThat(dumps(map, orgs)).as("after some moved").isEqualTo(before);

        orgs.forEach(org -> run(first, org, samples.get(org), 500));
        List<OrgReply> replies = orgs.stream().map(org -> audit(first, org)).toList();
        before = dumps(map, orgs);
        second.kill();
        SecondMember.awaitAlone(first);

        assertThat(orgs.stream().map(org -> audit(first, org)))
            .as("the same calls again, as Hazelcast makes them")
            .isEqualTo(replies);
      }

      assertThat(dumps(map, orgs)).as("from the copies").isEqualTo(before);
      assertThat(owners(first, orgs)).hasSize(1);
    } finally {
      first.getLifecycleService().terminate();
    }
  }

  /** Both tests share the members. */
  @Nested
  class HintsAndClocks {

    private static final long HOUR_MS = 3_600_000;

    private static HazelcastInstance first;
    private static SecondMember second;

    @BeforeAll
    static void startMembers() throws Exception {
      first = SecondMember.first();
      second = SecondMember.listeningBeside(first, HOUR_MS);
    }

    @AfterAll
    static void shutMembersDown() {
      second.close();
      first.getLifecycleService().terminate();
    }

    @Test
    @Timeout(120)
    void hints_reach_the_other_member() throws Exception {
      HazelcastBackend backend = backend(first);
      for (String org : List.of("org-1", "org-2", "org-3")) { // some of them on the other member
        Holder holder = new Holder("worker-1", null, 0);
        backend.workers().register(org, registration());

        backend.work().enqueue(org, List.of(work("session-1")));
        second.awaitHint(new Hint(org, Hint.Kind.WORK, "web"));

        backend
            .workers()
            .poll(new PollRequest(new WorkerRef(org, "worker-1", null), "request-1", 1));
        second.awaitHint(new Hint(org, Hint.Kind.SESSION, "session-1"));
        backend
            .inboxes()
            .send(
                org,
                "session-1",
                new NewMessage(MessageType.DIRECTIVE, Lane.URGENT, "text", null, null),
                BY);
        second.awaitHint(new Hint(org, Hint.Kind.MESSAGE, "worker-1"));

        backend
            .sessions()
            .report(
                org,
                "session-1",
                holder,
                new StatusReport(SessionState.COMPLETED, new TreeMap<>(), -1));
        second.awaitHint(new Hint(org, Hint.Kind.SLOT, "worker-1"));

        backend.batch().add(org, List.of(new NewBatchJob("job-1", "hash", "{}")));
        second.awaitHint(new Hint(org, Hint.Kind.BATCH, BatchLane.CAPABILITY));
      }
    }

    @Test
    void clocks_that_differ_by_more_than_five_seconds_are_a_warning() {
      HazelcastBackend backend = backend(first);
      Member other =
          first.getCluster().getMembers().stream()
              .filter(member -> !member.localMember())
              .findFirst()
              .orElseThrow();
      String name = "127\\.0\\.0\\.1:" + other.getAddress().getPort();

      assertThat(clockWarnings(backend))
          .singleElement(STRING)
          .matches("the clock of member " + name + " differs from this one's by (3600|3599).\\d s");

      MemberClocks.replace(first, () -> System.currentTimeMillis() + 2 * HOUR_MS);
      first.getUserContext().remove(MemberClocks.class.getName()); // asked a moment ago
      assertThat(clockWarnings(backend))
          .singleElement(STRING)
          .matches(
              "the clock of member " + name + " differs from this one's by -(3600|3599).\\d s");

      MemberClocks.replace(first, () -> System.currentTimeMillis() + HOUR_MS);
      first.getUserContext().remove(MemberClocks.class.getName());
      assertThat(clockWarnings(backend)).isEmpty();
    }
  }

  private static List<String> clockWarnings(HazelcastBackend backend) {
    return backend.upkeep().health().warnings().stream()
        .filter(warning -> warning.contains("clock"))
        .toList();
  }

  private static HazelcastBackend backend(HazelcastInstance member) {
    return new HazelcastBackend(
        member, new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), StoreTime.STORE), false);
  }

  private static Registration registration() {
    return new Registration(
        "worker-1", "key", Dialect.STANDARD, "host", 5, Projects.ALL, List.of(), false, "{}");
  }

  private static NewWork work(String id) {
    return new NewWork(
        id, id, id, "web", List.of(), 5, System.currentTimeMillis(), 0, 0, "hash", "{}");
  }

  private static void run(
      HazelcastInstance member, String org, RandomOperations samples, int operations) {
    HazelcastMember node = new HazelcastMember(member, () -> OptionalLong.of(samples.nowMs()));
    HazelcastStore store =
        new HazelcastStore(node, RandomOperations.rules(), AnswerNumbers.UNHEARD);
    for (int i = 0; i < operations; i++) {
      store.carryOut(org, samples.next(), List.of(), null);
    }
  }

  /** Always the same call. */
  private static OrgReply audit(HazelcastInstance member, String org) {
    HazelcastMember node = new HazelcastMember(member, () -> OptionalLong.of(0));
    return new HazelcastStore(node, RandomOperations.rules(), AnswerNumbers.UNHEARD)
        .carryOut(
            org,
            new AddAudit(BY, new AuditAct("did", "it", "")),
            List.of(),
            new CallId("node", 1, 1, 7));
  }

  private static Map<String, String> dumps(IMap<String, OrgState> map, List<String> orgs) {
    Map<String, String> dumps = new HashMap<>();
    for (String org : orgs) {
      dumps.put(org, map.executeOnKey(org, new Dump()));
    }
    return dumps;
  }

  private static Set<Member> owners(HazelcastInstance member, List<String> orgs) {
    Set<Member> owners = new HashSet<>();
    for (String org : orgs) {
      owners.add(member.getPartitionService().getPartition(org).getOwner());
    }
    return owners;
  }
}
