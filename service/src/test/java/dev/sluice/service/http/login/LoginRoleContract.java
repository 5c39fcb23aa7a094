package dev.sluice.service.http.login;

import static dev.sluice.service.http.LoginEdge.ADMIN_PASSWORD;
import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.TestWorker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class LoginRoleContract {

  /** Each with its alternative scopes; S is a waiting session. */
  private static final List<String> CALLS =
      List.of(
          "fleet:read GET /api/workers",
          "fleet:read GET /api/public/stats",
          "fleet:read,work:write GET /api/sessions",
          "fleet:read,work:write GET /api/work/S",
          "fleet:read,work:write GET /api/config",
          "work:write POST /api/work"
              + " {\"sessionId\":\"S\",\"prompt\":\"p\",\"projectName\":\"none\"}",
          "fleet:write,work:write POST /api/sessions/S/inbox"
              + " {\"type\":\"nudge\",\"payload\":\"p\"}",
          "fleet:write POST /api/cleanup",
          "fleet:write,work:write POST /api/sessions/S/stop {}",
          "work:write DELETE /api/work/S",
          "fleet:write DELETE /api/workers/W");

  private static final Map<String, List<String>> SCOPES =
      Map.of(
          "vera", List.of("fleet:read"),
          "otto", List.of("fleet:read", "work:write", "fleet:write"),
          "ada", List.of("fleet:read", "work:write", "fleet:write", "keys:write"));

  private static final Map<String, String> OURS = Map.of("Sec-Fetch-Site", "same-origin");

  protected abstract LoginEdge edge();

  @Test
  void eachRoleOpensItsScopesAndNoMore() {
    SCOPES.forEach(
        (name, scopes) -> {
          String cookie = edge().login(name, name + "'s-password");
          String session = waiting();
          TestWorker worker =
              edge().server().register("{\"hostname\":\"h\",\"projects\":[\"none\"]}");
          for (String call : CALLS) {
            String[] part = call.split(" ", 4);
            Answer answer =
                edge()
                    .call(
                        part[1],
                        part[2].replace("S", session).replace("W", worker.id()),
                        cookie,
                        part.length == 4 ? part[3].replace("\"S\"", "\"" + session + "\"") : null,
                        OURS);
            boolean open = List.of(part[0].split(",")).stream().anyMatch(scopes::contains);
            if (open) {
              assertThat(answer.status()).as("%s by %s", call, name).isIn(200, 202, 409);
            } else {
              assertThat(answer.status()).as("%s by %s", call, name).isEqualTo(403);
              assertThat(answer.text("/message")).contains("Role viewer");
              assertThat(edge().log())
                  .anyMatch(
                      line ->
                          line.contains("actor=operator:vera verb=\"denied\"")
                              && line.contains(part[1] + " /api/"));
            }
          }
          edge().server().delete("/api/work/" + session, API_KEY);
        });
  }

  @Test
  void whatAnOperatorDoesIsTheOperatorsInTheAudit() {
    String cookie = edge().login("otto", "otto's-password");
    String session = waiting();
    assertThat(edge().call("DELETE", "/api/work/" + session, cookie, null, OURS).status())
        .isEqualTo(200);
    assertThat(edge().log())
        .anyMatch(line -> line.contains("actor=operator:otto") && line.contains(session));
  }

  @Test
  void anOperatorIsNoWorker() {
    TestWorker worker = edge().server().register("{\"hostname\":\"h\",\"projects\":[\"none\"]}");
    String session = waiting();
    for (String name : List.of("ada", "otto", "vera")) {
      String cookie = edge().login(name, name + "'s-password");
      for (String call :
          List.of(
              "GET /api/workers/W/poll",
              "POST /api/workers/W/heartbeat {\"activeCount\":1}",
              "POST /api/workers/W/refresh-token {}",
              "POST /v1/daemon/heartbeat {\"workerId\":\"W\",\"activeSessions\":1}",
              "POST /api/sessions/S/status {\"workerId\":\"W\",\"status\":\"running\"}",
              "POST /api/sessions/S/claim {\"workerId\":\"W\"}",
              "POST /api/sessions/S/nack {\"workerId\":\"W\"}",
              "GET /api/cleanup")) {
        String[] part =
            call.replace("W", worker.id()).replace("/S/", "/" + session + "/").split(" ", 3);
        Answer answer =
            edge().call(part[0], part[1], cookie, part.length == 3 ? part[2] : null, OURS);
        assertThat(answer.status()).as("%s by %s", call, name).isEqualTo(403);
      }
    }
    edge().server().delete("/api/work/" + session, API_KEY);
  }

  /** A worker's polls bring prompts, which other roles may not read. */
  @Test
  void adminsAloneOnboardWorkers() {
    String body = "{\"hostname\":\"h\",\"projectId\":\"onboarded\"}";
    String ada = edge().login("ada", "ada's-password");
    Answer without = edge().post("/api/workers/register", ada, "{\"hostname\":\"h\"}");
    assertThat(without.status()).isEqualTo(400);
    assertThat(without.text("/field")).isEqualTo("projectId");
    Answer registered = edge().post("/api/workers/register", ada, body);
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    String worker = "/api/workers/" + registered.text("/workerId");
    String token = registered.text("/runtimeToken");
    assertThat(edge().server().get(worker + "/poll", token).status()).isEqualTo(200);
    assertThat(edge().server().post(worker + "/refresh-token", token, "{}").status())
        .isEqualTo(200);
    assertThat(edge().server().get(worker, API_KEY).json().at("/projects").toString())
        .isEqualTo("[\"onboarded\"]");
    assertThat(edge().server().delete(worker, token).status()).isEqualTo(200);
    for (String name : List.of("vera", "otto")) {
      String cookie = edge().login(name, name + "'s-password");
      Answer refused = edge().post("/api/workers/register", cookie, body);
      assertThat(refused.status()).as(name).isEqualTo(403);
      assertThat(refused.text("/message")).contains("worker:register");
    }
  }

  @Test
  void theBuiltInAdminActsInTheOrgItNames() {
    String admin = edge().login("admin", ADMIN_PASSWORD);
    String org = "org-" + Long.toString(System.nanoTime(), 36);
    assertThat(edge().get("/api/me", admin).text("/org")).isEqualTo("default");
    assertThat(edge().get("/api/me?org=" + org, admin).text("/org")).isEqualTo(org);
    String item = "{\"sessionId\":\"" + org + "-s\",\"prompt\":\"p\",\"projectName\":\"none\"}";
    assertThat(edge().post("/api/work?org=" + org, admin, item).status()).isEqualTo(201);
    String path = "/api/work/" + org + "-s";
    assertThat(edge().get(path + "?org=" + org, admin).status()).isEqualTo(200);
    assertThat(edge().get(path, admin).status()).as("not in org default").isEqualTo(404);
    assertThat(edge().server().get(path + "?org=" + org, API_KEY).status())
        .as("a key has one org")
        .isEqualTo(400);
    assertThat(edge().call("DELETE", path + "?org=" + org, admin, null, OURS).status())
        .isEqualTo(200);
  }

  @Test
  void anImpossibleOrgIsNamed() {
    String admin = edge().login("admin", ADMIN_PASSWORD);
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("", "nothing");
    wrong.put("Default", "a capital");
    wrong.put("a%2Fb", "a slash");
    wrong.put("a%20b", "a blank");
    wrong.put("%7Bsluice%7D", "a tag");
    wrong.put("%00", "a control character");
    wrong.put("x".repeat(65), "too long");
    wrong.forEach(
        (org, what) -> {
          Answer answer = edge().get("/api/me?org=" + org, admin);
          assertThat(answer.status()).as(what).isEqualTo(400);
          assertThat(answer.text("/field")).as(what).isEqualTo("org");
        });
  }

  @Test
  void everybodyElseIsOfOneOrg() {
    String eve = edge().login("eve", "eve's-password");
    assertThat(edge().get("/api/me", eve).text("/org")).isEqualTo("elsewhere");
    assertThat(edge().get("/api/me?org=elsewhere", eve).status()).isEqualTo(200);
    String session = waiting();
    assertThat(edge().get("/api/work/" + session, eve).status()).isEqualTo(404);
    assertThat(edge().call("DELETE", "/api/work/" + session, eve, null, OURS).status())
        .isEqualTo(404);
    for (String name : List.of("eve", "ada")) {
      String cookie = edge().login(name, name + "'s-password");
      for (String org : List.of("third", name.equals("eve") ? "default" : "elsewhere")) {
        assertThat(edge().get("/api/work/" + session + "?org=" + org, cookie).status())
            .as("%s in %s", name, org)
            .isEqualTo(403);
      }
    }
    edge().server().delete("/api/work/" + session, API_KEY);
  }

  private String waiting() {
    String session = "login-" + System.nanoTime();
    edge()
        .server()
        .enqueue("{\"sessionId\":\"" + session + "\",\"prompt\":\"p\",\"projectName\":\"none\"}");
    return session;
  }
}
