package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.ReplicaMigrationEvent;
import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.engine.StoreTable;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.RandomOperations;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.engine.wire.Layouts.Added;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.engine.write.UpkeepOperations.SetTime;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.transfer.Closure;
import dev.sluice.backend.transfer.NewClosure;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Subject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members of two builds, of which the older one refuses all that came with the newer layout. */
@Timeout(300)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RollingUpgradeTest {

  private static final int OLD = Layouts.OF_THIS_BUILD.newest();
  private static final int NEW = OLD + 1;

  /** As if these came with the next layout: in states and changes, stored keys, and calls. */
  private static final Layouts NEWER =
      Layouts.OF_THIS_BUILD.with(
          new Added(NEW, AuditLine.class, List.of("times", "lastAtMs")),
          new Added(NEW, Key.class, List.of("mintedBy")),
          new Added(NEW, SetTime.class, List.of()));

  private static final Layouts OLDER = NEWER.upTo(OLD);
  private static final String TOO_OLD =
      "the stored data has layout "
          + NEW
          + ", this Sluice knows up to "
          + OLD
          + ": start the newer release";
  private static final Subject TITLED = new Subject("Fix it", "main", "opus");
  private static final NewClosure IMPORT =
      new NewClosure("imp", Closure.Purpose.IMPORT, "", 0, null, "");
  private static final AuditNote BY = new AuditNote("who", "why");
  private static final List<String> ORGS =
      IntStream.range(0, 12).mapToObj(i -> "org-" + i).toList();

  private final MovableClock clock = new MovableClock();
  private final List<String> addresses = new ArrayList<>();
  private final Map<String, RandomOperations> samples = new HashMap<>();

  @BeforeEach
  void choosePorts() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        addresses.add("127.0.0.1:" + socket.getLocalPort());
      }
    }
    ORGS.forEach(org -> samples.put(org, new RandomOperations(org.hashCode(), 100)));
  }

  @AfterEach
  void end() {
    Hazelcast.getAllHazelcastInstances().forEach(each -> each.getLifecycleService().terminate());
  }

  @Test
  void the_newer_layout_is_in_force_once_the_last_older_member_has_been_gone_for_a_while() {
    HazelcastBackend older = start(0, OLDER);
    HazelcastBackend newer = start(1, NEWER);
    work(older);
    work(newer);
    Key key = new Key("id", "org-0", Key.Type.USER, "name", Set.of(), List.of(), 1, null, "minter");
    newer.credentials().addKey("hash", key);

    assertThat(older.credentials().findKey("hash").orElseThrow().mintedBy()).isNull();
    assertThatThrownBy(() -> newer.upkeep().setTime("org-0", BY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("SetTime came after layout " + OLD + ", which is in force");
    clock.jump(Duration.ofHours(1));
    older.upkeep().sweep();
    newer.upkeep().sweep();
    assertThat(newer.upkeep().nodes().layout()).isEqualTo(OLD);
    assertThat(newer.upkeep().nodes().nodes())
        .extracting(NodeInfo::layout)
        .containsExactlyInAnyOrder(OLD, NEW);

    NewClosure closure = new NewClosure("c", Closure.Purpose.EXPORT, "copy", 0, null, "");
    newer.transfers().close("org-1", closure, BY);
    Map<String, String> before = dumps(newer);
    older.member().shutdown();
    assertThat(withoutRepeats(dumps(newer))).isEqualTo(withoutRepeats(before));
    HazelcastBackend second = start(2, NEWER);
    newer.upkeep().sweep();
    clock.jump(Duration.ofSeconds(59));
    newer.upkeep().sweep();
    assertThat(newer.upkeep().nodes().layout()).isEqualTo(OLD);
    assertThat(rises(newer, "org-0")).isEmpty();
    clock.jump(Duration.ofSeconds(1));
    second.upkeep().sweep();
    assertThat(second.upkeep().nodes().layout()).as("the oldest member decides").isEqualTo(OLD);
    newer.upkeep().sweep();
    second.upkeep().sweep();

    assertThat(newer.upkeep().nodes().layout()).isEqualTo(NEW);
    assertThat(second.upkeep().nodes().layout()).isEqualTo(NEW);
    second.upkeep().setTime("org-0", BY);
    assertThat(rises(newer, "org-0"))
        .singleElement()
        .returns("sluice", AuditLine::actor)
        .returns("from " + OLD + " to " + NEW, AuditLine::detail);
    assertThat(rises(newer, "org-1")).as("closed").isEmpty();
    newer.transfers().open("org-1", "c", BY);
    newer.upkeep().sweep();
    newer.upkeep().sweep();
    assertThat(rises(newer, "org-1")).hasSize(1).allMatch(line -> line.times() == 1);
  }

  @Test
  void work_has_a_subject_and_an_index_by_issue_once_all_members_know_them() {
    HazelcastBackend older = start(0, Layouts.OF_THIS_BUILD.upTo(Layouts.FIRST));
    HazelcastBackend newer = start(1, Layouts.OF_THIS_BUILD);
    enqueue(newer, "a");
    enqueue(older, "b");
    for (String org : ORGS) { // on each of the members
      assertThat(subject(newer, org, "a")).isEqualTo(Subject.NONE);
      assertThat(subject(older, org, "a")).isEqualTo(Subject.NONE);
      assertThat(newer.sessions().headlines(org, List.of("a")).value()).isEmpty();
      assertThat(newer.sessions().ofIssue(org, "E-1", null, 9).value().items()).isEmpty();
    }
    assertThatThrownBy(() -> newer.transfers().close("empty", IMPORT, null))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UPGRADING));
    older.member().shutdown();
    awaitMembers(newer, 1);
    newer.upkeep().sweep();
    clock.jump(Duration.ofMinutes(1));
    newer.upkeep().sweep();

    enqueue(newer, "c");
    newer.transfers().close("empty", IMPORT, null);

    for (String org : ORGS) {
      assertThat(newer.sessions().headlines(org, List.of("a", "b", "c")).value())
          .extracting(Headline::subject)
          .containsExactly(Subject.NONE, Subject.NONE, TITLED);
      assertThat(subject(newer, org, "c")).isEqualTo(TITLED);
      assertThat(newer.sessions().ofIssue(org, "e-1", null, 9).value().items())
          .extracting(Session::id)
          .containsExactly("a", "b", "c");
    }
  }

  @Test
  void findings_are_recorded_once_all_members_know_them() {
    HazelcastBackend older = start(0, Layouts.OF_THIS_BUILD.upTo(Layouts.FIRST));
    HazelcastBackend newer = start(1, Layouts.OF_THIS_BUILD);
    List<SeenFinding> seen = List.of(new SeenFinding("dead", "", "", "1 dead letter"));
    for (String org : ORGS) { // on each of the members
      assertThat(newer.findings().observe(org, seen, 60_000, true).value()).isFalse();
      assertThat(newer.findings().list(org).value()).isEmpty();
      assertThat(newer.findings().takeNotices(org, List.of(), 9).value()).isEmpty();
      assertThatThrownBy(() -> newer.findings().acknowledge(org, "dead", BY))
          .isInstanceOf(RefusedException.class);
    }
    older.member().shutdown();
    awaitMembers(newer, 1);
    newer.upkeep().sweep();
    clock.jump(Duration.ofMinutes(1));
    newer.upkeep().sweep();

    for (String org : ORGS) {
      assertThat(newer.findings().observe(org, seen, 60_000, true).value()).isTrue();
      assertThat(newer.findings().acknowledge(org, "dead", BY).value().owner()).isEqualTo("who");
    }
  }

  @Test
  void figures_are_kept_once_all_members_know_them() {
    HazelcastBackend older = start(0, Layouts.OF_THIS_BUILD.upTo(Layouts.FIRST));
    HazelcastBackend newer = start(1, Layouts.OF_THIS_BUILD);
    enqueue(newer, "a");
    newer.upkeep().sweep();
    older.upkeep().sweep();
    for (String org : ORGS) { // on each of the members
      assertThat(newer.figures().read(org, FigureDimension.PROJECT, 0, Figures.KEPT_MS)).isEmpty();
    }
    older.member().shutdown();
    awaitMembers(newer, 1);
    newer.upkeep().sweep();
    clock.jump(Duration.ofMinutes(1));
    newer.upkeep().sweep();
    newer.upkeep().sweep();

    HazelcastBackend third = start(2, Layouts.OF_THIS_BUILD);
    for (String org : ORGS) {
      for (HazelcastBackend member : List.of(newer, third)) {
        assertThat(
                member
                    .figures()
                    .read(org, FigureDimension.PROJECT, clock.now() - 1, clock.now() + 1))
            .extracting(bucket -> bucket.total().waiting())
            .containsExactly(1L);
      }
    }
  }

  private static void enqueue(HazelcastBackend backend, String id) {
    for (String org : ORGS) {
      backend
          .work()
          .enqueue(
              org,
              List.of(
                  new NewWork(
                      id, id, "E-1", "p", List.of(), 5, 1, 0, 0, List.of(), "h", "{}", TITLED,
                      null)));
    }
  }

  private static Subject subject(HazelcastBackend backend, String org, String id) {
    return backend.sessions().find(org, id).value().subject();
  }

  @Test
  void a_member_that_is_too_old_is_refused_and_nothing_is_lost() throws Exception {
    HazelcastBackend first = start(0, NEWER);
    work(first);
    assertThat(first.upkeep().nodes().layout()).as("of an empty store").isEqualTo(NEW);
    Map<String, String> before = dumps(first);
    Map<StoreTable, Integer> sizes = sizes(first);

    assertThatThrownBy(() -> start(1, OLDER))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageEndingWith(TOO_OLD);
    awaitMembers(first, 1);
    assertThat(dumps(first)).isEqualTo(before);

    CountDownLatch failed = new CountDownLatch(1);
    first.member().getPartitionService().addMigrationListener(new Failures(failed));
    HazelcastInstance stays = Hazelcast.newHazelcastInstance(config(1, OLDER));
    failed.await(); // a partition with an org can't move to it
    stays.getLifecycleService().terminate();
    awaitMembers(first, 1);
    assertThat(dumps(first)).as("after it was killed").isEqualTo(before);
    assertThat(sizes(first)).isEqualTo(sizes);
    work(first);
  }

  @Test
  void a_running_member_that_has_become_too_old_leaves() {
    HazelcastBackend older = start(0, OLDER);
    HazelcastBackend newer = start(1, NEWER);
    work(older);
    Map<String, String> before = dumps(newer);
    newer
        .member()
        .getMap(MemberConfig.REGISTRY)
        .set("version", new WireFormat().toBytes((long) NEW));

    assertThatThrownBy(newer.upkeep()::sweep)
        .as("of orgs on the older member")
        .isInstanceOf(BackendUnavailableException.class);
    assertThatThrownBy(() -> older.work().counts("org-0"))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage(TOO_OLD);
    assertThat(older.upkeep().health().problems()).hasSize(1);
    assertThatThrownBy(older.upkeep()::sweep).isInstanceOf(BackendUnavailableException.class);
    awaitMembers(newer, 1);
    assertThat(withoutRepeats(dumps(newer))).isEqualTo(withoutRepeats(before));
    newer.upkeep().sweep();
    assertThat(newer.upkeep().nodes().layout()).isEqualTo(NEW);
  }

  @Test
  void a_build_that_tells_no_layout_keeps_others_from_starting() {
    Config unknown = config(0, OLDER);
    unknown.getMemberAttributeConfig().setAttributes(Map.of());
    Hazelcast.newHazelcastInstance(unknown);

    assertThatThrownBy(() -> start(1, NEWER))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageEndingWith(
            addresses.get(0)
                + " runs a build from before release 0.1.0: stop it before this one starts");
  }

  /** Each org is on one of the members, and called from the given one. */
  private void work(HazelcastBackend backend) {
    for (String org : ORGS) {
      RandomOperations some = samples.get(org);
      HazelcastMember node =
          new HazelcastMember(backend.member(), () -> OptionalLong.of(some.nowMs()));
      HazelcastStore store = new HazelcastStore(node, RandomOperations.rules());
      backend.audit().add(org, BY, "a", "b", "");
      backend.audit().add(org, BY, "a", "b", ""); // counted in the line before
      for (int i = 0; i < 300; i++) {
        store.carryOut(org, some.next(), List.of());
      }
    }
  }

  private record Failures(CountDownLatch failed) implements MigrationListener {

    @Override
    public void migrationStarted(MigrationState state) {}

    @Override
    public void migrationFinished(MigrationState state) {}

    @Override
    public void replicaMigrationCompleted(ReplicaMigrationEvent event) {}

    @Override
    public void replicaMigrationFailed(ReplicaMigrationEvent event) {
      failed.countDown();
    }
  }

  private HazelcastBackend start(int index, Layouts layouts) {
    return HazelcastBackend.startInCluster(
        config(index, layouts),
        options(index),
        new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), clock));
  }

  private Config config(int index, Layouts layouts) {
    Config config =
        MemberConfig.inCluster(options(index), layouts)
            .setProperty("hazelcast.wait.seconds.before.join", "0");
    // test processors use Java serialization
    config
        .getSerializationConfig()
        .getJavaSerializationFilterConfig()
        .getWhitelist()
        .addPackages(Dump.class.getPackageName());
    return config;
  }

  /** Two members in the list, so that one goes on alone. */
  private ClusterOptions options(int index) {
    List<String> members =
        index == 0
            ? addresses.subList(0, 2)
            : List.of(addresses.get(index == 1 ? 0 : 1), addresses.get(index));
    int port = Integer.parseInt(addresses.get(index).replaceFirst(".*:", ""));
    return new ClusterOptions(
        members, port, "127.0.0.1", "test", "0123456789abcdef0123456789abcdef");
  }

  private static List<AuditLine> rises(HazelcastBackend backend, String org) {
    return backend.audit().list(org, null, 1_000).value().items().stream()
        .filter(line -> line.verb().equals("raise-layout"))
        .toList();
  }

  private static Map<String, String> dumps(HazelcastBackend backend) {
    IMap<String, OrgState> map = backend.member().getMap(MemberConfig.ORGS);
    Map<String, String> dumps = new HashMap<>();
    ORGS.forEach(org -> dumps.put(org, map.executeOnKey(org, new Dump())));
    return dumps;
  }

  /** Leaves out the repeats of an audit line, which copies at the older layout lack. */
  private static Map<String, String> withoutRepeats(Map<String, String> dumps) {
    dumps.replaceAll((org, dump) -> dump.replaceAll("times=\\d+, lastAtMs=\\d+", ""));
    return dumps;
  }

  private static Map<StoreTable, Integer> sizes(HazelcastBackend backend) {
    Map<StoreTable, Integer> sizes = new HashMap<>();
    for (StoreTable table : StoreTable.values()) {
      sizes.put(table, backend.member().getMap(MemberConfig.mapOf(table)).size());
    }
    return sizes;
  }

  private static void awaitMembers(HazelcastBackend backend, int members) {
    while (backend.member().getCluster().getMembers().size() != members) {
      LockSupport.parkNanos(2_000_000);
    }
  }
}
