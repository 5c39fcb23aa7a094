package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.work.NewWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members of one cluster in this JVM, which end and come back. */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClusterTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final List<String> ORGS =
      IntStream.range(0, 12).mapToObj(i -> "org-" + i).toList();

  @TempDir private Path directory;

  private final List<String> addresses = new ArrayList<>();
  private final List<HazelcastBackend> backends = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    backends.forEach(each -> threads.execute(each::close));
    threads.shutdown();
    threads.awaitTermination(1, TimeUnit.MINUTES);
    Hazelcast.getAllHazelcastInstances().forEach(each -> each.getLifecycleService().terminate());
  }

  @Test
  void a_member_that_ends_in_order_is_not_missed_and_comes_back_empty() throws Exception {
    startAll(3);
    enqueue(backends.get(0), "a");

    backends.get(0).close();
    awaitService(backends.get(1));
    enqueue(backends.get(1), "b");
    backends.set(0, start(0));

    backends.forEach(ClusterTest::awaitService);
    backends.forEach(each -> assertThat(ready(each)).isEqualTo(2 * ORGS.size()));
    assertThat(failures).isEmpty();
  }

  @Test
  void a_member_that_lost_its_file_takes_part_again() throws Exception {
    startAll(3);
    enqueue(backends.get(0), "a");

    backends.get(1).close();
    deleteFile(1);
    backends.set(1, start(1));

    backends.forEach(ClusterTest::awaitService);
    backends.forEach(each -> assertThat(ready(each)).isEqualTo(ORGS.size()));
  }

  @Test
  void of_two_the_vote_goes_with_the_member_that_stays() throws Exception {
    startAll(2);
    enqueue(backends.get(0), "a");

    backends.get(0).close();
    awaitService(backends.get(1));
    enqueue(backends.get(1), "b");
    backends.set(0, start(0));
    awaitService(backends.get(1));
    assertThat(ready(backends.get(0))).isEqualTo(2 * ORGS.size());

    backends.get(0).close();
    awaitService(backends.get(1));
    assertThat(ready(backends.get(1))).isEqualTo(2 * ORGS.size());
  }

  @Test
  void of_two_a_vote_whose_handover_was_lost_is_handed_over_again() throws Exception {
    startAll(2);
    Path vote = vote(1);
    byte[] before = Files.readAllBytes(vote);
    backends.get(0).close();
    backends.get(1).close();
    Files.write(vote, before);

    startAgain();
    backends.forEach(ClusterTest::awaitService);
    enqueue(backends.get(0), "a");
    assertThat(ready(backends.get(1))).isEqualTo(ORGS.size());
  }

  @Test
  void members_of_two_builds_replace_each_other_one_by_one() throws Exception {
    startAll(3, TwoBuilds.OLDER);
    enqueue(backends.get(0), "a");
    for (int index = 0; index < 3; index++) {
      backends.get(index).close();
      backends.set(index, start(index, TwoBuilds.NEWER));
      backends.forEach(ClusterTest::awaitService);
    }

    backends.forEach(each -> assertThat(ready(each)).isEqualTo(ORGS.size()));
    assertThat(backends.get(0).upkeep().nodes().nodes())
        .extracting(NodeInfo::layout)
        .containsOnly(TwoBuilds.NEW);
  }

  private void deleteFile(int index) throws IOException {
    try (var files = Files.list(directory.resolve(String.valueOf(index)))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private Path vote(int index) {
    return directory
        .resolve(String.valueOf(index))
        .resolve("cluster-" + addresses.get(index).replace(':', '-'));
  }

  private void startAll(int size) throws IOException {
    startAll(size, Layouts.OF_THIS_BUILD);
  }

  private void startAll(int size, Layouts layouts) throws IOException {
    addresses.addAll(ClusterPortTest.members(size));
    startTogether(layouts);
  }

  private void startAgain() {
    backends.clear();
    startTogether(Layouts.OF_THIS_BUILD);
  }

  private void startTogether(Layouts layouts) {
    List<CompletableFuture<HazelcastBackend>> starting =
        IntStream.range(0, addresses.size())
            .mapToObj(index -> CompletableFuture.supplyAsync(() -> start(index, layouts), threads))
            .toList();
    starting.forEach(each -> backends.add(each.join()));
  }

  private HazelcastBackend start(int index) {
    return start(index, Layouts.OF_THIS_BUILD);
  }

  private HazelcastBackend start(int index, Layouts layouts) {
    int port = Integer.parseInt(addresses.get(index).replaceFirst(".*:", ""));
    ClusterOptions options = new ClusterOptions(addresses, port, "127.0.0.1", "test", SECRET);
    WireFormat wire = MemberLayout.format(layouts);
    return HazelcastBackend.startInCluster(
        () -> MemberConfig.inCluster(options, wire),
        options,
        new BackendEnvironment(
            Rules.DEFAULTS,
            directory.resolve(String.valueOf(index)),
            StoreTime.STORE,
            failures::add));
  }

  private static void awaitService(HazelcastBackend backend) {
    while (!backend.upkeep().health().healthy()) {
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
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
                      id,
                      id,
                      id,
                      "web",
                      List.of(),
                      5,
                      System.currentTimeMillis(),
                      0,
                      0,
                      "hash",
                      "{}")));
    }
  }

  private static long ready(HazelcastBackend backend) {
    return ORGS.stream().mapToLong(org -> backend.work().counts(org).ready()).sum();
  }
}
