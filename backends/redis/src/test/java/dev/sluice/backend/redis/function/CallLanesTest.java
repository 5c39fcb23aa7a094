package dev.sluice.backend.redis.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(30)
class CallLanesTest {

  private static final long PATIENT_MS = 20_000;

  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final ConcurrentLinkedQueue<List<String>> requests = new ConcurrentLinkedQueue<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @AfterEach
  void end() {
    mayEnd.countDown();
    callers.shutdownNow();
  }

  @Test
  void a_call_that_comes_alone_is_sent_alone_and_at_once() {
    CallLanes lanes = new CallLanes(this::echo, PATIENT_MS);

    assertThat(lanes.answer(report("org", "a"))).isEqualTo("a");
    assertThat(lanes.answer(report("org", "b"))).isEqualTo("b");
    assertThat(requests).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void calls_that_come_during_a_request_share_the_next_one_and_each_gets_its_answer()
      throws Exception {
    CallLanes lanes = new CallLanes(this::echoOnceReleased, PATIENT_MS);
    CompletableFuture<Object> first = call(lanes, report("org", "first"));
    begun.await();
    List<CompletableFuture<Object>> others = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      others.add(call(lanes, report("org", "other-" + i)));
      awaitWaiting(lanes, "org", i + 1);
    }
    mayEnd.countDown();

    assertThat(first.get()).isEqualTo("first");
    for (int i = 0; i < 5; i++) {
      assertThat(others.get(i).get()).isEqualTo("other-" + i);
    }
    assertThat(requests)
        .containsExactly(
            List.of("first"), List.of("other-0", "other-1", "other-2", "other-3", "other-4"));
  }

  @Test
  void a_request_has_a_bounded_number_of_calls() throws Exception {
    CallLanes lanes = new CallLanes(this::echoOnceReleased, PATIENT_MS);
    CompletableFuture<Object> first = call(lanes, report("org", "first"));
    begun.await();
    List<CompletableFuture<Object>> others = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      others.add(call(lanes, report("org", "other-" + i)));
      awaitWaiting(lanes, "org", i + 1);
    }
    mayEnd.countDown();
    first.get();
    for (CompletableFuture<Object> other : others) {
      other.get();
    }

    assertThat(requests).extracting(List::size).containsExactly(1, 16, 4);
  }

  @Test
  void a_failed_request_is_the_answer_to_all_that_shared_it_and_the_next_one_is_sent()
      throws Exception {
    RuntimeException failure = new IllegalStateException("cut");
    CallLanes lanes =
        new CallLanes(
            calls -> {
              List<Object> answers = echoOnceReleased(calls);
              if (calls.size() > 1) {
                throw failure;
              }
              return answers;
            },
            PATIENT_MS);
    CompletableFuture<Object> first = call(lanes, report("org", "first"));
    begun.await();
    CompletableFuture<Object> second = call(lanes, report("org", "second"));
    awaitWaiting(lanes, "org", 1);
    CompletableFuture<Object> third = call(lanes, report("org", "third"));
    awaitWaiting(lanes, "org", 2);
    mayEnd.countDown();

    assertThat(first.get()).isEqualTo("first");
    assertFailed(second, failure);
    assertFailed(third, failure);
    assertThat(lanes.answer(report("org", "fourth"))).isEqualTo("fourth");
  }

  @Test
  void a_call_that_waits_in_vain_was_not_sent() throws Exception {
    CallLanes lanes = new CallLanes(this::echoOnceReleased, 50);
    CompletableFuture<Object> first = call(lanes, report("org", "first"));
    begun.await();

    assertThatThrownBy(() -> lanes.answer(report("org", "late")))
        .isInstanceOfSatisfying(
            BackendUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse());
    mayEnd.countDown();
    assertThat(first.get()).isEqualTo("first");
    assertThat(lanes.answer(report("org", "next"))).isEqualTo("next");
    assertThat(requests).containsExactly(List.of("first"), List.of("next"));
  }

  @Test
  void other_orgs_and_calls_that_may_come_again_do_not_wait() throws Exception {
    CallLanes lanes = new CallLanes(this::echoOnceReleased, PATIENT_MS);
    CompletableFuture<Object> first = call(lanes, report("org", "first"));
    begun.await();

    assertThat(lanes.answer(report("other", "a"))).isEqualTo("a");
    assertThat(lanes.answer(new Call(LuaFunction.POLL, Run.of("org", "b"), "id x"))).isEqualTo("b");
    mayEnd.countDown();
    assertThat(first.get()).isEqualTo("first");
  }

  @Test
  void a_large_call_has_a_request_of_its_own() {
    List<Call> calls =
        List.of(report("org", "a"), report("org", "b".repeat(40_000)), report("org", "c"));

    assertThat(Call.groups(calls)).extracting(List::size).containsExactly(1, 1, 1);
  }

  @Test
  void a_group_has_calls_of_one_org_and_a_bounded_number() {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      calls.add(report("org", "a" + i));
    }
    calls.add(report("other", "b"));

    assertThat(Call.groups(calls)).extracting(List::size).containsExactly(100, 50, 1);
  }

  private static Call report(String org, String name) {
    return new Call(LuaFunction.REPORT, Run.of(org, name), null);
  }

  private CompletableFuture<Object> call(CallLanes lanes, Call call) {
    return CompletableFuture.supplyAsync(() -> lanes.answer(call), callers);
  }

  private static void awaitWaiting(CallLanes lanes, String org, int number) {
    while (lanes.waiting(org, false) < number) {
      Thread.onSpinWait();
    }
  }

  private List<Object> echo(List<Call> calls) {
    List<String> names = calls.stream().map(call -> call.run().arguments().get(0)).toList();
    requests.add(names);
    return new ArrayList<>(names);
  }

  /** Only the first request of org {@code org} waits. */
  private List<Object> echoOnceReleased(List<Call> calls) {
    if (calls.get(0).run().arguments().get(0).equals("first")) {
      begun.countDown();
      try {
        assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return echo(calls);
  }

  private static void assertFailed(CompletableFuture<Object> call, RuntimeException failure) {
    assertThatThrownBy(call::get).isInstanceOf(ExecutionException.class).hasCause(failure);
  }
}
