package dev.sluice.service.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

public abstract class DashboardStopsContract extends ActsScene {

  @Test
  void theReceiptsOfAProjectsStopAreOnItsPage() {
    Running running = running();

    Answer post = otto.post(form(running), "reason", "it costs too much", "pause", "on");
    String page = location(post);

    assertThat(page).startsWith("/admin/stops/stp_");
    assertThat(tabs(page))
        .containsExactly(
            "all 2", "sent 2", "delivered 0", "acknowledged 0", "ended 0", "unconfirmed 0");
    running.worker().poll();
    assertThat(tabs(page)).contains("delivered 2");
    assertThat(running.worker().report(running.sessions().get(0), "stopped").status())
        .isEqualTo(200);
    assertThat(tabs(page)).contains("delivered 1", "ended 1");
    assertThat(otto.get(page + "?state=ended").body())
        .contains(running.sessions().get(0), running.worker().id(), "it costs too much")
        .doesNotContain(running.sessions().get(1));
    assertThat(api("/api/queues/" + running.project()).has("pause")).isTrue();
  }

  @Test
  void theLineForAShellStopsTheSame() {
    Running running = running();

    Answer answer = otto.run(otto.curl(form(running) + "?pause=on"));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().at("/targets").asInt()).isEqualTo(2);
    assertThat(tabs("/admin/stops/" + answer.text("/id"))).contains("sent 2");
    assertThat(state(running)).containsOnly("stopped");
    assertThat(api("/api/queues/" + running.project()).has("pause")).isTrue();
  }

  @Test
  void everythingIsStoppedByForm() {
    Running running = running();
    assertThat(otto.post("/admin/stops", "org", "elsewhere").status()).isEqualTo(400);
    assertThat(state(running)).containsOnly("claimed");

    String page = location(otto.post("/admin/stops", "org", "default", "reason", "why"));

    assertThat(otto.get(page).body()).contains("all projects").contains(running.sessions());
    assertThat(state(running)).containsOnly("stopped");
    assertThat(api("/api/queues/" + running.project()).has("pause")).isFalse();
  }

  @Test
  void everythingIsStoppedByTheLineForAShell() {
    Running running = running();

    assertThat(otto.run(otto.curl("/admin/stops")).status()).isEqualTo(202);

    assertThat(state(running)).containsOnly("stopped");
  }

  @Test
  void anotherOrgKnowsNothingOfIt() {
    Running running = running();
    String page = location(otto.post(form(running), "reason", "why"));
    ActForms eve = new ActForms(edge(), edge().login("eve", "eve's-password"));

    assertThat(eve.get(page).status()).isEqualTo(404);
    assertThat(eve.get("/admin/stops/stp_none").status()).isEqualTo(404);
    Running others = running();
    String hers = location(eve.post("/admin/stops", "org", "elsewhere"));
    assertThat(eve.get(hers).body()).contains("No session was claimed.");
    assertThat(state(others)).containsOnly("claimed");
  }

  private record Running(String project, List<String> sessions, TestWorker worker) {}

  private Running running() {
    String project = "stops-" + UUID.randomUUID();
    String item = "{\"prompt\":\"p\",\"projectName\":\"" + project + "\"}";
    edge().server().enqueue(item);
    edge().server().enqueue(item);
    TestWorker worker =
        edge()
            .server()
            .register("{\"hostname\":\"h\",\"capacity\":2,\"projects\":[\"" + project + "\"]}");
    List<String> claimed = TestWorker.claimed(worker.poll());
    assertThat(claimed).hasSize(2);
    return new Running(project, claimed, worker);
  }

  private static String form(Running running) {
    return "/admin/queues/" + running.project() + "/stop";
  }

  private String location(Answer post) {
    assertThat(post.status()).as(post.body()).isEqualTo(303);
    return post.headers().firstValue("Location").orElseThrow();
  }

  /** Asks at a new address, since reads of one address are shared for a second. */
  private List<String> tabs(String page) {
    return Jsoup.parse(otto.get(page + "?look=" + UUID.randomUUID()).body())
        .select("main .tabs a")
        .eachText();
  }

  private List<String> state(Running running) {
    return running.sessions().stream()
        .map(id -> api("/api/work/" + id).at("/state").asText())
        .toList();
  }
}
