package dev.sluice.service.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

final class ParkedScene implements AutoCloseable {

  static final String ORG = "org";

  /** Longer than any test: a lost wake-up shows. */
  static final Duration LONG = Duration.ofMinutes(10);

  final QueueBackend backend;
  final ParkedPolls polls;
  private long queuedAt = 1;

  ParkedScene(int most) {
    this(most, Rules.DEFAULTS, StoreTime.STORE);
  }

  ParkedScene(int most, Rules rules, StoreTime time) {
    backend = new MemoryBackend(rules, time);
    Poller poller = new Poller(backend.workers(), backend.sessions(), "node", 5);
    polls = new ParkedPolls(poller, backend.hints(), most);
    polls.start();
  }

  WorkerRef worker(String id, int capacity, String... capabilities) {
    return register(id, capacity, List.of(), List.of(capabilities));
  }

  WorkerRef workerOf(String id, String... projects) {
    return register(id, 1, List.of(projects), List.of());
  }

  private WorkerRef register(
      String id, int capacity, List<String> projects, List<String> capabilities) {
    backend
        .workers()
        .register(
            ORG,
            new Registration(
                id,
                "key",
                Dialect.STANDARD,
                "h",
                capacity,
                Projects.of(projects),
                capabilities,
                false,
                "{}"));
    return new WorkerRef(ORG, id, null);
  }

  void enqueue(String project, List<String> needs, String... ids) {
    enqueue(Stream.of(ids).map(id -> item(id, project, needs, "{}")).toList());
  }

  /** Below the API, which checks items. */
  void enqueueItem(String id, String json) {
    enqueue(List.of(item(id, NewWork.ANY_PROJECT, List.of(), json)));
  }

  private void enqueue(List<NewWork> items) {
    backend.work().enqueue(ORG, items);
  }

  private NewWork item(String id, String project, List<String> needs, String json) {
    return new NewWork(id, id, id, project, needs, 3, queuedAt++, 0, 0, "hash", json);
  }

  void enqueue(String... ids) {
    enqueue(NewWork.ANY_PROJECT, List.of(), ids);
  }

  void running(WorkerRef worker, String session) {
    enqueue(session);
    assertThat(ask(worker, 1, Duration.ZERO).sessions()).containsExactly(session);
    backend.sessions().touch(ORG, session, new Holder(worker.workerId(), null, 0));
    assertThat(backend.sessions().find(ORG, session).place()).isEqualTo(Place.CLAIMED);
  }

  void report(String session, SessionState state) {
    backend
        .sessions()
        .report(
            ORG, session, new Holder("w", null, 0), new StatusReport(state, new TreeMap<>(), -1));
  }

  static final class Asked implements PollReply {
    final CompletableFuture<Polled> answer = new CompletableFuture<>();
    volatile boolean gone;

    @Override
    public void answer(Polled polled, boolean here) {
      answer.complete(polled);
    }

    @Override
    public void fail(RuntimeException problem) {
      answer.completeExceptionally(problem);
    }

    @Override
    public boolean gone() {
      return gone;
    }

    Polled get() {
      try {
        return answer.get(30, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        throw new AssertionError("a poll isn't woken", e);
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    List<String> sessions() {
      return get().result().work().stream().map(ClaimedWork::sessionId).toList();
    }
  }

  Asked park(WorkerRef worker) {
    return ask(worker, 5, LONG);
  }

  Asked ask(WorkerRef worker, int max, Duration wait) {
    return ask(worker, max, Patience.of(wait, false));
  }

  Asked ask(WorkerRef worker, int max, Patience patience) {
    Asked asked = new Asked();
    polls.poll(new PollCall(worker, true, max, patience), asked);
    return asked;
  }

  @Override
  public void close() {
    try {
      polls.stop();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    backend.close();
  }
}
