package dev.sluice.backend.hazelcast.faults;

import dev.sluice.backend.hazelcast.faults.MemberMain.Op;
import dev.sluice.backend.hazelcast.faults.NetworkHosts.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Members on hosts of their own, with their faults. A process that ends by itself is restarted. */
final class FaultyCluster implements AutoCloseable {

  /** Orgs of a sequence: most members own some. */
  static final int ORGS = 8;

  private static final Path LOGS = Path.of("target", "cluster-faults").toAbsolutePath();
  private static final long PROBE_PAUSE_MS = 500;
  private static final long LOOK_PAUSE_MS = 20;
  private static final List<String> OPTIONS =
      Stream.of(System.getProperty("sluice.faults.options", "").split(" "))
          .filter(option -> !option.isEmpty())
          .toList();

  private final NetworkHosts hosts;
  private final int size;
  private final List<String> clocks;
  private final List<MemberProcess> members = new ArrayList<>();
  private final Set<Integer> paused = new TreeSet<>();
  private final Set<Integer> dead = new TreeSet<>();
  private Set<Link> cut = Set.of();
  private String name = "";
  private volatile boolean closing;
  private volatile History history = new History();
  private volatile Timeline timeline = new Timeline();
  private int probes;

  /**
   * @param clocks of the members, see {@link MemberProcess.Setup}
   */
  FaultyCluster(NetworkHosts hosts, List<String> clocks) {
    this.hosts = hosts;
    this.clocks = clocks;
    size = clocks.size();
    try {
      Files.createDirectories(LOGS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FaultyCluster of(NetworkHosts hosts, int size) {
    return new FaultyCluster(hosts, IntStream.range(0, size).mapToObj(i -> "").toList());
  }

  int size() {
    return size;
  }

  Set<Integer> all() {
    return new TreeSet<>(IntStream.range(0, size).boxed().toList());
  }

  Timeline timeline() {
    return timeline;
  }

  static Path logs() {
    return LOGS;
  }

  /** Begins the record of a sequence. The members are as they are, or start if there are none. */
  synchronized void begin(History record) {
    history = record;
    if (members.isEmpty()) {
      name = "faults-" + UUID.randomUUID();
      for (int member = 0; member < size; member++) {
        deleteData(member);
        members.add(start(member));
      }
    }
    timeline = new Timeline();
    noteState();
  }

  /** Ends all processes. */
  @Override
  public void close() {
    List<MemberProcess> all;
    synchronized (this) {
      closing = true;
      all = List.copyOf(members);
    }
    all.forEach(MemberProcess::kill);
    synchronized (this) {
      members.clear();
      paused.clear();
      dead.clear();
      cut = Set.of();
      hosts.cut(cut);
      closing = false;
    }
  }

  /** Counts a link as cut only while it surely is. */
  synchronized void cut(Set<Link> links) {
    Set<Link> both = new HashSet<>(links);
    both.retainAll(cut);
    cut = both;
    noteState();
    hosts.cut(links);
    cut = links;
    noteState();
  }

  synchronized void pause(int member) {
    members.get(member).pause();
    paused.add(member);
    noteState();
  }

  synchronized void resume(int member) {
    paused.remove(member);
    noteState(); // before it runs: it may be answered at once
    members.get(member).resume();
  }

  void kill(int member, boolean emptyDisk) {
    MemberProcess process;
    synchronized (this) {
      dead.add(member);
      process = members.get(member);
    }
    process.kill();
    synchronized (this) {
      paused.remove(member);
      noteState();
      if (emptyDisk) {
        deleteData(member);
      }
    }
  }

  synchronized void startAgain(int member) {
    members.set(member, start(member));
    dead.remove(member);
    noteState();
  }

  /** Gives the operator's word that the state of this member is the newest that is left. */
  void accept(int member) throws IOException {
    Files.createFile(data(member).resolve("cluster-accept"));
  }

  /** Mends and resumes and starts all, and returns when all processes are up. */
  void mend() {
    cut(Set.of());
    Set.copyOf(paused).forEach(this::resume);
    Set.copyOf(dead).forEach(this::startAgain);
    List<MemberProcess> all;
    synchronized (this) {
      all = List.copyOf(members);
    }
    all.forEach(MemberProcess::awaitUp);
  }

  CompletableFuture<Answer> call(int member, Op op, String... words) {
    MemberProcess process;
    synchronized (this) {
      process = members.get(member);
    }
    History record = history;
    long sent = System.nanoTime();
    return process
        .call(op, words)
        .thenApply(
            answer -> {
              record.add(
                  new History.Call(member, op, List.of(words), sent, System.nanoTime(), answer));
              return answer;
            });
  }

  static String org(String sequence, int number) {
    return sequence + "-org-" + number;
  }

  /**
   * Waits until all of these members acknowledge a write to each org at the same time.
   *
   * @return ms it took, or -1 if it took longer than the limit
   */
  long awaitServing(Set<Integer> serving, String sequence, Duration limit)
      throws InterruptedException {
    long begin = System.nanoTime();
    List<CompletableFuture<Boolean>> rounds = new ArrayList<>();
    for (long passed = 0;
        passed < limit.toMillis();
        passed = (System.nanoTime() - begin) / 1_000_000) {
      if (passed >= rounds.size() * PROBE_PAUSE_MS) {
        rounds.add(probe(serving, sequence)); // beside earlier ones that have no answer yet
      }
      if (rounds.stream().anyMatch(round -> round.getNow(false))) {
        return passed;
      }
      Thread.sleep(LOOK_PAUSE_MS); // between two looks at answers that are under way
    }
    return -1;
  }

  private CompletableFuture<Boolean> probe(Set<Integer> serving, String sequence) {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int member : serving) {
      for (int org = 0; org < ORGS; org++) {
        String id = sequence + "-probe-" + probes++;
        answers.add(call(member, Op.ENQUEUE, org(sequence, org), id));
      }
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(done -> answers.stream().allMatch(answer -> answer.join().acknowledged()));
  }

  /** Waits until no member misses another one, or a copy. */
  boolean awaitCopies(Duration limit) throws InterruptedException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < limit.toNanos()) {
      if (health().isEmpty()) {
        return true;
      }
      Thread.sleep(PROBE_PAUSE_MS); // between two questions
    }
    return false;
  }

  /** Returns the problems and warnings that the members report; empty for none. */
  String health() {
    List<CompletableFuture<Answer>> answers =
        all().stream().map(member -> call(member, Op.HEALTH, "-", "-")).toList();
    return answers.stream()
        .map(CompletableFuture::join)
        .filter(answer -> !answer.acknowledged() || !answer.text().isEmpty())
        .map(answer -> answer.outcome() + " " + answer.text())
        .collect(Collectors.joining("; "));
  }

  private MemberProcess start(int member) {
    List<String> arguments = new ArrayList<>();
    arguments.add(name);
    for (int other = 0; other < size; other++) {
      arguments.add(NetworkHosts.address(other));
    }
    MemberProcess process =
        new MemberProcess(
            hosts,
            member,
            new MemberProcess.Setup(
                data(member),
                LOGS.resolve("member-" + member + ".log"),
                clocks.get(member),
                OPTIONS,
                arguments));
    process.gone().thenRunAsync(() -> restart(member, process));
    return process;
  }

  /** As a supervisor does with a process that ended by itself. */
  private synchronized void restart(int member, MemberProcess process) {
    if (!closing && !dead.contains(member) && members.get(member) == process) {
      history.note("member " + member + " ended by itself, and is started again");
      members.set(member, start(member));
    }
  }

  private void noteState() {
    Set<Integer> up = all();
    up.removeAll(paused);
    up.removeAll(dead);
    timeline.note(cut, up);
  }

  private static Path data(int member) {
    return LOGS.resolve("data-" + member);
  }

  private static void deleteData(int member) {
    if (Files.exists(data(member))) {
      try (Stream<Path> files = Files.walk(data(member))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
