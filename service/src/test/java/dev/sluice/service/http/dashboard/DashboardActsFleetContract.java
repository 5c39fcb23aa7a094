package dev.sluice.service.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

public abstract class DashboardActsFleetContract {

  private static final String REASON = "it's \"late\" & <done>";

  protected abstract LoginEdge edge();

  @Test
  void drainAndUndrain() {
    ActForms otto = otto();
    TestWorker byForm = worker("none", 1);
    TestWorker byCurl = worker("none", 1);

    String notice = otto.done(page(byForm) + "/drain", "reason", REASON);
    assertThat(notice).isEqualTo(byForm.id() + " is drained.");
    ok(otto.run(otto.curl(page(byCurl) + "/drain")));

    assertThat(List.of(status(byForm), status(byCurl))).containsOnly("draining");
    sameLines(byForm.id(), byCurl.id(), "drain");
    assertThat(otto.get(page(byForm)).body()).contains("otto drains it", "Undrain");

    otto.done(page(byForm) + "/undrain", "back", page(byForm));
    ok(otto.run(otto.curl(page(byCurl) + "/undrain")));

    assertThat(List.of(status(byForm), status(byCurl))).containsOnly("active");
    sameLines(byForm.id(), byCurl.id(), "undrain");
  }

  @Test
  void drainAndUndrainOfAHost() {
    ActForms otto = otto();
    String form = "form-" + UUID.randomUUID();
    String curl = "curl-" + UUID.randomUUID();
    List<TestWorker> all =
        List.of(
            worker(form, "none", 1),
            worker(form, "other", 1),
            worker(curl, "none", 1),
            worker(curl, "other", 1));

    assertThat(otto.done(host(form) + "/drain", "reason", REASON))
        .startsWith(form + ": 2 workers drained. Safe to reboot");
    ok(otto.run(otto.curl(host(curl) + "/drain")));

    assertThat(all).extracting(this::status).containsOnly("draining");
    sameLines(all.get(0).id(), all.get(2).id(), "drain");
    sameLines(all.get(1).id(), all.get(3).id(), "drain");

    otto.done(host(form) + "/undrain", "reason", REASON);
    ok(otto.run(otto.curl(host(curl) + "/undrain")));

    assertThat(all).extracting(this::status).containsOnly("active");
    sameLines(all.get(0).id(), all.get(2).id(), "undrain");
  }

  @Test
  void deregister() {
    ActForms otto = otto();
    Held form = held();
    Held curl = held();

    assertThat(otto.get(page(form.worker()) + "/deregister").body())
        .contains(form.session(), form.project(), "It holds 1 session.");
    String notice = otto.done(page(form.worker()) + "/deregister", "reason", REASON);
    assertThat(notice).endsWith("1 session returned to the queue.");
    ok(otto.run(otto.curl(page(curl.worker()) + "/deregister")));

    for (Held each : List.of(form, curl)) {
      assertThat(place(each.session())).isEqualTo("ready");
      assertThat(otto.get(page(each.worker())).status()).isEqualTo(404);
      assertThat(each.worker().poll("").status()).isEqualTo(404);
    }
    sameLines(form.worker().id(), curl.worker().id(), "deregister");
    assertThat(otto.post(page(form.worker()) + "/deregister").status()).isEqualTo(404);
  }

  @Test
  void aMessageIsStoredAsTheApiWould() {
    ActForms otto = otto();
    Held held = held();
    String path =
        page(held) + "/message?type=directive&lane=normal&text=it%27s%20%3Cb%3E%20%22x%22";

    String notice =
        otto.done(
            page(held) + "/message",
            "type",
            "directive",
            "lane",
            "normal",
            "text",
            "it's <b> \"x\"",
            "reason",
            REASON);
    assertThat(notice).startsWith("The directive is in the normal lane of session ");
    ok(otto.run(otto.curl(path)));

    List<JsonNode> messages = messages(held);
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0)).isEqualTo(messages.get(1));
    assertThat(messages.get(0).at("/payload").asText()).isEqualTo("it's <b> \"x\"");
    assertThat(messages.get(0).at("/userName").asText()).isEqualTo("otto");
  }

  @Test
  void aNudgeOfOneClickIsTheOneOfTheCall() {
    ActForms otto = otto();
    Held held = held();

    otto.done(page(held) + "/nudge", "back", page(held));
    ok(otto.run(otto.curl(page(held) + "/nudge")));

    List<JsonNode> messages = messages(held);
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0)).isEqualTo(messages.get(1));
    assertThat(messages.get(0).at("/type").asText()).isEqualTo("nudge");
  }

  @Test
  void aLongMessageIsTakenWholeAndALongerOneIsRefused() {
    ActForms otto = otto();
    Held held = held();
    String most = "\u20ac".repeat(64 * 1024 / 3) + "x"; // three bytes each

    otto.done(page(held) + "/message", "type", "nudge", "text", most);
    Answer over = otto.post(page(held) + "/message", "type", "nudge", "text", most + "yz");

    assertThat(messages(held).get(0).at("/payload").asText()).isEqualTo(most);
    assertThat(over.status()).isEqualTo(400);
    assertThat(over.body()).contains("65536 bytes of UTF-8; 2 are too many");
  }

  @Test
  void stop() {
    ActForms otto = otto();
    Held form = held();
    Held curl = held();

    String notice = otto.done(page(form) + "/stop", "reason", REASON);
    assertThat(notice).contains("is stopped; worker " + form.worker().id() + " is told.");
    ok(otto.run(otto.curl(page(curl) + "/stop")));

    assertThat(List.of(state(form.session()), state(curl.session()))).containsOnly("stopped");
    assertThat(messages(form).get(0).at("/payload").asText()).isEqualTo(REASON);
    assertThat(messages(curl).get(0).at("/type").asText()).isEqualTo("stop");
    sameLines(form.session(), curl.session(), "stop");
    assertThat(otto.post(page(form) + "/requeue").status()).isEqualTo(409);
  }

  @Test
  void requeueAndRunAgain() {
    ActForms otto = otto();
    Held form = held();
    Held curl = held();

    otto.done(page(form) + "/requeue", "reason", REASON);
    ok(otto.run(otto.curl(page(curl) + "/requeue")));

    for (Held each : List.of(form, curl)) {
      assertThat(place(each.session())).isEqualTo("ready");
      assertThat(each.worker().report(each.session(), "running").status()).isEqualTo(403);
    }
    sameLines(form.session(), curl.session(), "requeue");
    Answer late = otto.post(page(form) + "/requeue", "reason", "");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body()).contains("Waiting for a worker.");

    for (Held each : List.of(form, curl)) {
      assertThat(TestWorker.claimed(each.worker().poll())).containsExactly(each.session());
      ok(each.worker().report(each.session(), "completed"));
    }
    otto.done(page(form) + "/again", "reason", REASON);
    ok(otto.run(otto.curl(page(curl) + "/again")));
    assertThat(List.of(place(form.session()), place(curl.session()))).containsOnly("ready");
    sameLines(form.session(), curl.session(), "requeue");
  }

  @Test
  void whatIsOfAnotherOrgIsUnknownToItsOperators() {
    Held held = held();
    ActForms eve = new ActForms(edge(), edge().login("eve", "eve's-password"));

    for (String act : List.of("message", "nudge", "stop", "requeue", "again")) {
      assertThat(eve.get(page(held) + "/" + act).status()).as(act).isEqualTo(404);
      Answer post = eve.post(page(held) + "/" + act, "type", "nudge", "text", "x");
      assertThat(post.status()).as(act).isEqualTo(404);
    }
    for (String act : List.of("drain", "undrain", "deregister")) {
      assertThat(eve.get(page(held.worker()) + "/" + act).status()).as(act).isEqualTo(404);
      assertThat(eve.post(page(held.worker()) + "/" + act).status()).as(act).isEqualTo(404);
    }
    assertThat(status(held.worker())).isEqualTo("active");
    assertThat(state(held.session())).isEqualTo("claimed");
  }

  private record Held(String project, String session, TestWorker worker) {}

  private Held held() {
    String project = "acts-" + UUID.randomUUID();
    String session =
        edge()
            .server()
            .enqueue("{\"prompt\":\"p\",\"projectName\":\"" + project + "\"}")
            .text("/sessionId");
    TestWorker worker = worker(project, 2);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(session);
    return new Held(project, session, worker);
  }

  private TestWorker worker(String project, int capacity) {
    return worker("h", project, capacity);
  }

  private static String host(String name) {
    return "/admin/hosts/" + name;
  }

  private TestWorker worker(String host, String project, int capacity) {
    return edge()
        .server()
        .register(
            "{\"hostname\":\""
                + host
                + "\",\"capacity\":"
                + capacity
                + ",\"projects\":[\""
                + project
                + "\"]}");
  }

  private ActForms otto() {
    return new ActForms(edge(), edge().login("otto", "otto's-password"));
  }

  private static String page(TestWorker worker) {
    return "/admin/workers/" + worker.id();
  }

  private static String page(Held held) {
    return "/admin/sessions/" + held.session();
  }

  private String status(TestWorker worker) {
    return api("/api/workers/" + worker.id()).text("/status");
  }

  private String state(String session) {
    return api("/api/work/" + session).text("/state");
  }

  private String place(String session) {
    return api("/api/work/" + session).text("/place");
  }

  private Answer api(String path) {
    return ok(edge().server().get(path, SluiceServer.API_KEY));
  }

  private static List<JsonNode> messages(Held held) {
    List<JsonNode> messages = new ArrayList<>();
    JsonNode brought = held.worker().poll().json().at("/inboxMessages/" + held.session());
    brought.forEach(
        message ->
            messages.add(((ObjectNode) message).without(List.of("id", "sessionId", "createdAt"))));
    return messages;
  }

  private void sameLines(String byForm, String byCurl, String verb) {
    JsonNode form = line(byForm, verb);
    JsonNode curl = line(byCurl, verb);
    assertThat(form.at("/detail")).isEqualTo(curl.at("/detail"));
    assertThat(form.at("/actor").asText()).isEqualTo("operator:otto");
    assertThat(curl.at("/reason").asText()).isEqualTo("why");
  }

  private JsonNode line(String object, String verb) {
    for (JsonNode line : api("/api/audit?limit=100").json().at("/lines")) {
      if (line.at("/object").asText().equals(object) && line.at("/verb").asText().equals(verb)) {
        return line;
      }
    }
    throw new AssertionError("no line of " + verb + " of " + object);
  }

  private static Answer ok(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    return answer;
  }
}
