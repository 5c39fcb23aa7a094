package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.StoreHealth;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HazelcastBackendTest extends OneMember {

  @Test
  void stored_time_never_goes_back() {
    AtomicLong wall = new AtomicLong(1_800_000_000_000L);
    HazelcastBackend node = open(() -> OptionalLong.of(wall.get()));
    long ahead = wall.get();
    node.work().enqueue(org, List.of(work("s-1")));
    node.workers().register(org, registration("worker-1", 5, null));
    node.upkeep().sweepStep(org);

    wall.addAndGet(-Duration.ofHours(1).toMillis()); // like a member whose clock is behind
    node.work().enqueue(org, List.of(work("s-2")));
    send(node, "s-1", "text");
    List<ClaimedWork> claims = node.workers().poll(new PollRequest(worker, "r-1", 5)).work();

    assertThat(node.sessions().find(org, "s-2").createdAtMs()).isEqualTo(ahead);
    assertThat(claims)
        .hasSize(2)
        .allMatch(claim -> claim.acceptByMs() == ahead + Rules.DEFAULTS.acceptMs());
    assertThat(node.workers().find(worker).lastSeenMs()).isEqualTo(ahead);
    assertThat(node.inboxes().list(org, "s-1"))
        .extracting(Message::createdAtMs)
        .containsExactly(ahead);
    assertThat(node.upkeep().sweepStep(org).leasesLost()).isZero();

    wall.set(ahead + 5);
    node.sessions().touch(org, "s-1", holder);
    assertThat(node.sessions().find(org, "s-1").updatedAtMs()).isEqualTo(ahead + 5);
  }

  @Test
  void a_state_that_an_operator_accepted_is_in_the_audit_of_each_org() {
    backend.work().enqueue(org, List.of(work("s-1")));

    AcceptedState.note(backend, "a:1", "someone");

    assertThat(backend.audit().list(org, null, 10).items())
        .singleElement()
        .returns("accept-loss", AuditLine::verb)
        .returns("cluster", AuditLine::object)
        .returns("someone", AuditLine::actor)
        .satisfies(line -> assertThat(line.reason()).contains("a:1"));
  }

  @Test
  void hints_of_all_backends_on_a_member_come() throws Exception {
    BlockingQueue<Hint> told = new LinkedBlockingQueue<>();
    try (Hints.Subscription deaf = backend.hints().subscribe(hint -> fail(hint));
        Hints.Subscription subscription = backend.hints().subscribe(told::add)) {
      open(clock).work().enqueue(org, List.of(work("s-1")));

      assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(new Hint(org, Hint.Kind.WORK, "web"));
    }
    List<Hint> late = new CopyOnWriteArrayList<>();
    backend.hints().subscribe(late::add).close();
    backend.work().enqueue(org, List.of(work("s-2")));
    assertThat(late).isEmpty();
  }

  @Test
  void others_can_not_reach_the_member() {
    assertThat(member.getCluster().getMembers()).hasSize(1);
    assertThat(member.getCluster().getLocalMember().getAddress().getHost()).isEqualTo("127.0.0.1");
    assertThat(member.getConfig().getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
  }

  @Test
  void many_items_at_once_keep_their_order() {
    List<NewWork> items =
        java.util.stream.IntStream.range(0, 1_000).mapToObj(i -> work("s-" + i)).toList();

    var results = backend.work().enqueue(org, items);

    assertThat(results)
        .hasSize(1_000)
        .extracting(enqueued -> enqueued.sessionId())
        .isEqualTo(items.stream().map(NewWork::sessionId).toList());
    assertThat(backend.work().counts(org).ready()).isEqualTo(1_000);
  }

  @Test
  void without_a_given_time_the_member_decides() {
    HazelcastBackend inService = open(StoreTime.STORE);
    long before = System.currentTimeMillis();

    inService.work().enqueue(org, List.of(work("s-1")));

    assertThat(inService.sessions().find(org, "s-1").createdAtMs())
        .isBetween(before - 1_000, System.currentTimeMillis() + 1_000);
  }

  @Test
  void health_names_damaged_records() {
    backend.work().enqueue(org, List.of(work("s-1"), work("s-2")));
    new HazelcastContractTest.OnMember(member, backend).damage(org, "s-1");
    assertThat(backend.upkeep().health().warnings()).noneMatch(w -> w.contains(org));

    register();
    backend.workers().poll(new PollRequest(worker, "r-1", 1));

    StoreHealth health = open(clock).upkeep().health();
    assertThat(health.healthy()).isTrue();
    assertThat(health.warnings()).contains("damaged record: session s-1 of org " + org);
  }

  @Test
  void data_of_a_later_layout_is_refused() {
    HazelcastInstance later = Hazelcast.newHazelcastInstance(MemberConfig.alone());
    try {
      later
          .getMap(MemberConfig.REGISTRY)
          .set("version", new WireFormat().toBytes(Layouts.OF_THIS_BUILD.newest() + 1L));

      assertThatThrownBy(
              () ->
                  new HazelcastBackend(
                      later,
                      new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), StoreTime.STORE),
                      false))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("start the newer release");
    } finally {
      later.shutdown();
    }
  }

  @Test
  void a_closed_backend_is_unavailable() {
    HazelcastBackend own =
        HazelcastBackend.start(
            MemberConfig.alone(),
            new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), StoreTime.STORE));
    own.close();

    assertThatThrownBy(() -> own.work().counts(org))
        .isInstanceOfSatisfying(
            BackendUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse());
    assertThat(own.upkeep().health().problems())
        .containsExactly("the Hazelcast member is not running");
    own.close();
  }

  private static void fail(Hint hint) {
    throw new IllegalStateException("heard " + hint);
  }
}
