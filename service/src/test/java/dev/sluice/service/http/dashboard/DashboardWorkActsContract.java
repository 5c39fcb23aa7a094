package dev.sluice.service.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

public abstract class DashboardWorkActsContract extends ActsScene {

  @Test
  void priorityFrontAndCancel() {
    String project = project();
    List<String> ids = Stream.generate(() -> enqueue(project)).limit(6).toList();
    String form = ids.get(4);
    String curl = ids.get(5);

    otto.done(work(form) + "/priority", "priority", "2", "reason", REASON);
    ok(otto.run(otto.curl(work(curl) + "/priority?priority=2")));
    assertThat(api("/api/work/" + form).at("/priority").asInt()).isEqualTo(2);
    assertThat(api("/api/work/" + curl).at("/priority").asInt()).isEqualTo(2);
    sameLines(form, curl, "reprioritise");

    otto.done(work(curl) + "/front", "reason", REASON);
    assertThat(api("/api/work/" + curl).at("/position").asInt()).isEqualTo(1);
    ok(otto.run(otto.curl(work(form) + "/front")));
    assertThat(api("/api/work/" + form).at("/position").asInt()).isEqualTo(1);
    sameLines(curl, form, "front");

    otto.done(work(form) + "/cancel", "reason", REASON);
    ok(otto.run(otto.curl(work(curl) + "/cancel")));
    assertThat(List.of(state(form), state(curl))).containsOnly("ended stopped");
    sameLines(form, curl, "stop");
    assertThat(otto.post(work(form) + "/front").status()).isEqualTo(409);
  }

  @Test
  void deadLettersOneByOneAndAllThatMatch() {
    String one = project();
    String form = project();
    String curl = project();
    List<String> dead = dead(List.of(one, one, one, one, form, form, curl, curl));

    otto.done("/admin/dead/" + dead.get(0) + "/requeue", "reason", REASON);
    ok(otto.run(otto.curl("/admin/dead/" + dead.get(1) + "/requeue")));
    otto.done("/admin/dead/" + dead.get(2) + "/discard", "reason", REASON);
    ok(otto.run(otto.curl("/admin/dead/" + dead.get(3) + "/discard")));
    assertThat(dead.subList(0, 4).stream().map(this::state))
        .containsExactly("ready pending", "ready pending", "ended failed", "ended failed");
    sameLines(dead.get(0), dead.get(1), "requeue");
    sameLines(dead.get(2), dead.get(3), "stop");
    assertThat(otto.post("/admin/dead/" + dead.get(0) + "/discard").status()).isEqualTo(409);

    String filter = "?dead=max-nacks&project=";
    String notice = submit("/admin/dead/requeue" + filter + encoded(form), "reason", REASON);
    assertThat(notice).isEqualTo("2 requeued.");
    Answer counted = ok(otto.run(otto.curl("/admin/dead/requeue" + filter + encoded(curl))));
    assertThat(counted.json().at("/done").asInt()).isEqualTo(2);
    assertThat(dead.subList(4, 8).stream().map(this::state)).containsOnly("ready pending");
    sameLines(dead.get(4), dead.get(6), "requeue");
  }

  @Test
  void selectedWorkIsChangedByTheFormAndByTheCall() {
    String project = project();
    List<String> ids = Stream.generate(() -> enqueue(project)).limit(2).toList();
    String form = ids.get(0);
    String curl = ids.get(1);
    ActForms eve = new ActForms(edge(), edge().login("eve", "eve's-password"));

    Answer unknown = eve.post("/admin/selected/cancel", "item", "0 " + form);
    assertThat(unknown.body()).contains("Cancelled: 0 of 1.", "Unknown");
    assertThat(state(form)).isEqualTo("ready pending");
    Answer receipt = otto.post("/admin/selected/cancel", "item", "0 " + form, "reason", REASON);
    assertThat(receipt.body()).contains("Cancelled: 1 of 1.");
    Answer call = ok(otto.run(otto.curl("/admin/selected/cancel?id=" + encoded(curl))));
    assertThat(call.json().at("/items/0/outcome").asText()).isEqualTo("done");
    assertThat(List.of(state(form), state(curl))).containsOnly("ended stopped");
    sameLines(form, curl, "stop");
  }

  @Test
  void tenThousandCanBePosted() {
    String[] fields =
        IntStream.range(0, 10_000)
            .boxed()
            .flatMap(i -> Stream.of("id", "ses_0123456789abcdef01234567-" + i))
            .toArray(String[]::new);

    assertThat(otto.post("/admin/selected/cancel", fields).body())
        .contains("Cancel 10,000 waiting items");
  }

  @Test
  void nobodyReachesAnotherOrgsWork() {
    String project = project();
    String id = enqueue(project);
    ActForms eve = new ActForms(edge(), edge().login("eve", "eve's-password"));

    for (String act : List.of("priority", "front", "cancel")) {
      assertThat(eve.get(work(id) + "/" + act).status()).as(act).isEqualTo(404);
      assertThat(eve.post(work(id) + "/" + act, "priority", "1").status()).isEqualTo(404);
    }
    for (String act : List.of("requeue", "discard")) {
      assertThat(eve.get("/admin/dead/" + id + "/" + act).status()).isEqualTo(404);
      assertThat(eve.post("/admin/dead/" + id + "/" + act).status()).isEqualTo(404);
    }
    assertThat(eve.get(queue(project) + "/cancel-all").body()).contains("0 waiting items");
    ActForms vera = new ActForms(edge(), edge().login("vera", "vera's-password"));
    assertThat(vera.post(work(id) + "/cancel").status()).isEqualTo(403);
    assertThat(state(id)).isEqualTo("ready pending");
  }

  private List<String> dead(List<String> projects) {
    List<String> ids = new ArrayList<>();
    for (String project : projects) {
      String id = enqueue(project);
      TestWorker worker =
          edge()
              .server()
              .register("{\"hostname\":\"h\",\"capacity\":1,\"projects\":[\"" + project + "\"]}");
      assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);
      ok(edge().server().post("/api/sessions/" + id + "/nack", worker.token(), "{}"));
      ids.add(id);
    }
    return ids;
  }
}
