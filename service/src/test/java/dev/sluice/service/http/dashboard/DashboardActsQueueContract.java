package dev.sluice.service.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

public abstract class DashboardActsQueueContract extends ActsScene {

  @Test
  void pauseAndResume() {
    String form = project();
    String curl = project();
    String until = "2099-12-24 18:00";

    otto.done(queue(form) + "/pause", "reason", "why", "for", "until resumed", "until", until);
    ok(otto.run(otto.curl(queue(curl) + "/pause?until=2099-12-24%2018:00")));

    assertThat(api("/api/queues/" + encoded(form)).at("/pause/until").asLong())
        .isEqualTo(4_101_818_400_000L);
    sameQueues(form, curl);
    sameLines(form, curl, "pause");

    otto.done(queue(form) + "/resume", "reason", REASON);
    ok(otto.run(otto.curl(queue(curl) + "/resume")));
    assertThat(api("/api/queues/" + encoded(form)).at("/open").asBoolean()).isTrue();
    sameQueues(form, curl);
  }

  @Test
  void limits() {
    String form = project();
    String curl = project();
    String query = "?maxConcurrent=7&dailyBudgetUsd=12.50";

    otto.done(
        queue(form) + "/limits", "maxConcurrent", "7", "dailyBudgetUsd", "12.50", "reason", REASON);
    ok(otto.run(otto.curl(queue(curl) + "/limits" + query)));

    assertThat(api("/api/queues/" + encoded(form)).at("/maxConcurrent").asInt()).isEqualTo(7);
    assertThat(api("/api/queues/" + encoded(form)).at("/dailyBudgetUsd").asDouble())
        .isEqualTo(12.5);
    sameQueues(form, curl);
    sameLines(form, curl, "limit");

    otto.done(queue(form) + "/limits", "maxConcurrent", "", "dailyBudgetUsd", "");
    ok(otto.run(otto.curl(queue(curl) + "/limits?maxConcurrent=&dailyBudgetUsd=")));
    assertThat(api("/api/queues/" + encoded(form)).has("maxConcurrent")).isFalse();
    sameQueues(form, curl);
  }

  @Test
  void whatTheApiRefusesTheFormRefuses() {
    String project = project();
    for (String wrong : List.of("maxConcurrent -1", "maxConcurrent 1.5", "dailyBudgetUsd -1")) {
      String[] part = wrong.split(" ");
      assertThat(otto.post(queue(project) + "/limits", part[0], part[1]).status()).isEqualTo(400);
      String json = "{\"" + part[0] + "\":" + part[1] + "}";
      Answer api = call("PUT", "/api/queues/" + encoded(project) + "/limits", json);
      assertThat(api.status()).as(wrong).isEqualTo(400);
    }
    Answer budget = otto.post(queue(project) + "/limits", "dailyBudgetUsd", "1000000001");
    assertThat(budget.status()).isEqualTo(400);
    Answer past =
        otto.post(
            queue(project) + "/pause", "reason", "why", "for", "x", "until", "2001-01-01 00:00");
    assertThat(past.status()).isEqualTo(400);
    assertThat(past.body()).contains("has passed");
  }

  @Test
  void allWaitingWorkOfAProject() {
    String form = project();
    String curl = project();
    List<String> ofForm = List.of(enqueue(form), enqueue(form), enqueue(form));
    List<String> ofCurl = List.of(enqueue(curl), enqueue(curl), enqueue(curl));

    assertThat(submit(queue(form) + "/priority-all", "priority", "8", "reason", REASON))
        .isEqualTo("3 reprioritised.");
    ok(otto.run(otto.curl(queue(curl) + "/priority-all?priority=8")));
    for (String id : List.of(ofForm.get(2), ofCurl.get(2))) {
      assertThat(api("/api/work/" + id).at("/priority").asInt()).isEqualTo(8);
    }
    sameLines(ofForm.get(1), ofCurl.get(1), "reprioritise");

    assertThat(submit(queue(form) + "/cancel-all?place=ready", "reason", REASON))
        .isEqualTo("3 cancelled.");
    ok(otto.run(otto.curl(queue(curl) + "/cancel-all?place=ready")));
    sameQueues(form, curl);
    sameLines(ofForm.get(0), ofCurl.get(0), "stop");
  }

  @Test
  void aCursorThatIsNoneOfOursIsRefusedAndChangesNothing() {
    String project = project();
    String id = enqueue(project);
    for (String cursor : List.of("9", "0x", "nonsense")) {
      String form = queue(project) + "/cancel-all?cursor=" + cursor;
      Answer answer = otto.post(queue(project) + "/cancel-all", filled(form));
      assertThat(answer.status()).as(cursor).isEqualTo(400);
    }
    assertThat(state(id)).isEqualTo("ready pending");
  }
}
