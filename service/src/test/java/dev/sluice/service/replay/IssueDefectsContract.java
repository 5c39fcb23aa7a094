package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class IssueDefectsContract extends ReplayScene {

  @Test
  void aLateEndOfAStoppedSessionFreesNoIssueThatAnotherHolds() {
    String issue = ",\"issueId\":\"" + tag + "-issue\"";
    List<String> ids = List.of(enqueue("1", issue), enqueue("2", issue), enqueue("3", issue));
    ReplayWorker first = worker(1);
    first.run(ids.get(0));
    stop(ids.get(0));
    first.report(ids.get(0), "finalizing");
    ReplayWorker second = worker(5);
    second.run(ids.get(1));

    assertThat(first.refused(409, ids.get(0), "failed")).isNotEmpty();
    first.report(ids.get(0), "stopped");
    assertThat(place(ids.get(2))).isEqualTo("parked");
    assertThat(second.claims()).isEmpty();
    assertThat(state(ids.get(1))).isEqualTo("running");
    second.report(ids.get(1), "completed");
    assertThat(second.claims()).containsExactly(ids.get(2));
  }

  @Test
  void aLockRefreshThatNamesAnothersIssueActsOnItsOwnSessionAlone() {
    String own = enqueue("own", ",\"issueId\":\"" + tag + "-own\"");
    ReplayWorker caller = worker(1);
    caller.run(own);
    String others = enqueue("others", ",\"issueId\":\"" + tag + "-others\"");
    ReplayWorker silent = worker(1);
    silent.run(others);
    String next = enqueue("next", ",\"issueId\":\"" + tag + "-others\"");

    for (int i = 0; i < 10; i++) {
      server().pass(Duration.ofSeconds(30));
      JsonNode refreshed = caller.post(own, "lock-refresh", "\"issueId\":\"" + tag + "-others\"");
      assertThat(refreshed.at("/refreshed").asBoolean()).isTrue();
      assertThat(refreshed.at("/stop").asBoolean()).isFalse();
    }
    assertThat(held(caller)).containsExactly(own);
    assertThat(place(others)).as("nobody spoke for it").isEqualTo("ready");
    assertThat(place(next)).isEqualTo("parked");
  }

  @Test
  void theRightfulOwnerIsNeverToldThatItsLockIsLost() {
    String id = enqueue("owner");
    ReplayWorker owner = worker(1);
    owner.run(id);
    passAlive(Duration.ofMinutes(125), owner); // a lock of the open-source server lives two hours
    JsonNode refreshed = owner.post(id, "lock-refresh", "\"issueId\":\"\"");
    assertThat(refreshed.at("/refreshed").asBoolean()).isTrue();
    assertThat(refreshed.at("/stop").asBoolean()).isFalse();
  }

  @Test
  void sessionsThatWaitForOneIssueReplaceNoneOfTheirOwnKind() {
    String members = ",\"issueId\":\"" + tag + "-issue\",\"workType\":\"development\"";
    List<String> ids = IntStream.range(0, 5).mapToObj(i -> enqueue("s" + i, members)).toList();
    ids.subList(1, 5).forEach(id -> assertThat(place(id)).isEqualTo("parked"));
    ReplayWorker worker = worker(5);
    passAlive(Duration.ofMinutes(6), worker); // a sweep for zombies would come after five
    for (String id : ids) {
      worker.run(id);
      worker.report(id, "completed");
    }
    assertThat(worker.claims()).isEmpty();
  }
}
