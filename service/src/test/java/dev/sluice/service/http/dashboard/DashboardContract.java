package dev.sluice.service.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.TestWorker;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

public abstract class DashboardContract {

  private static final Map<String, String> FORM =
      Map.of("Content-Type", "application/x-www-form-urlencoded");

  protected abstract LoginEdge edge();

  @Test
  void aLoginByFormOpensThePagesOfTheOperatorsOrg() {
    Answer answer = logIn("vera", "vera's-password", "/admin/queues");

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/admin/queues");
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Strict");
    assertThat(page("/admin", cookie("vera"))).contains("vera", "viewer", "default");
  }

  @Test
  void whatIsWrongIsSaidOnTheForm() {
    for (String password : List.of("wrong", "", "x".repeat(2_000))) {
      Answer answer = logIn("ghost-of-pages", password, "/admin");

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.body()).contains("Wrong name or password").doesNotContain("xxxx");
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void formsOfOtherSitesAreRefused() {
    Map<String, String> foreign = new HashMap<>(FORM);
    foreign.put("Sec-Fetch-Site", "cross-site");

    for (String path : List.of("/admin/login", "/admin/logout")) {
      Answer answer =
          edge().server().call("POST", path, null, "name=vera&password=vera's-password", foreign);
      assertThat(answer.status()).as(path).isEqualTo(403);
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void whoseCookieDoesNotCountIsSentToTheLogin() {
    for (String cookie : List.of("garbage", "a.b.c", "")) {
      Answer answer = get("/admin/workers", cookie);
      assertThat(answer.status()).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location").orElseThrow())
          .endsWith("/admin/login?then=%2Fadmin%2Fworkers");
    }
  }

  @Test
  void everyPageWorksWithWorkAndAWorkerInTheStore() {
    String project = "pages-" + UUID.randomUUID();
    String session = enqueue(project);
    TestWorker worker =
        edge()
            .server()
            .register("{\"hostname\":\"h\",\"capacity\":1,\"projects\":[\"" + project + "\"]}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(session);
    String second = enqueue(project);
    String ada = cookie("ada");

    assertThat(page("/admin", ada)).contains("Claimed sessions");
    assertThat(page("/admin/queues/" + project, ada)).contains(second, "Why it waits");
    assertThat(page("/admin/queues/" + project + "?place=claimed", ada)).contains(session);
    assertThat(page("/admin/workers", ada)).contains(worker.id());
    assertThat(page("/admin/workers/" + worker.id(), ada)).contains(session);
    assertThat(page("/admin/work", ada)).contains("Running work");
    assertThat(page("/admin/sessions/" + session, ada)).contains("Timeline", worker.id());
    assertThat(page("/admin/system", ada)).contains("Timeouts and retention");
    assertThat(page("/admin/charts", ada)).contains("Throughput of this node");
    assertThat(page("/admin/charts", ada)).contains("data-chart=\"rates\"");
    assertThat(page("/admin/charts?project=" + project, ada)).contains("data-points=");
    for (String path : List.of("/admin/queues", "/admin/work?state=dead", "/admin/keys")) {
      assertThat(page(path, ada)).contains("<main");
    }
  }

  @Test
  void rolesSeeWhatTheyMay() {
    String session = enqueue("secrets");
    String asked = "/admin/sessions/" + session + "?item=show";

    assertThat(get("/admin/keys", cookie("vera")).status()).isEqualTo(403);
    assertThat(page(asked, cookie("vera"))).doesNotContain("the secret of pages");
    assertThat(page(asked, cookie("otto"))).doesNotContain("the secret of pages");
    assertThat(page(asked, cookie("ada"))).contains("the secret of pages");
  }

  @Test
  void aKeyOfThePagesShowsItsMinterAndItsEnd() {
    String name = "key-" + UUID.randomUUID();
    Map<String, String> headers = new HashMap<>(FORM);
    headers.put("Sec-Fetch-Site", "same-origin");
    headers.put("Cookie", "sluice_session=" + cookie("ada"));
    String form = "scopes=fleet%3Aread&expires=30d&name=" + name;

    Answer minted = edge().server().call("POST", "/admin/keys/mint", null, form, headers);

    assertThat(minted.status()).as(minted.body()).isEqualTo(200);
    assertThat(minted.body()).contains("rsk_live_", "Expires at ");
    String row =
        page("/admin/keys", cookie("ada"))
            .lines()
            .filter(line -> line.contains(name))
            .findFirst()
            .orElseThrow();
    assertThat(row).contains("ada", ">in 29 d", ">never<");
  }

  @Test
  void anOperatorSeesOneOrgAndTheAdminEach() {
    String session = enqueue("orgs");
    String admin = edge().login("admin", LoginEdge.ADMIN_PASSWORD);

    assertThat(get("/admin/sessions/" + session, cookie("eve")).status()).isEqualTo(404);
    assertThat(get("/admin/sessions/" + session + "?org=default", cookie("eve")).status())
        .isEqualTo(404);
    assertThat(get("/admin/sessions/" + session, admin).status()).isEqualTo(200);
    assertThat(get("/admin/sessions/" + session + "?org=elsewhere", admin).status()).isEqualTo(404);
    assertThat(get("/admin/sessions/" + session + "?org=No+Org!", admin).status()).isEqualTo(200);
  }

  @Test
  void anOpenPageIsToldThatTheFleetChanged() throws Exception {
    String page = page("/admin/queues", cookie("vera"));
    assertThat(page).contains("data-events=\"/admin/events\"");
    try (Stream<String> lines = events(cookie("vera")).body()) {
      Iterator<String> marks =
          lines.filter(line -> line.startsWith("data: ")).map(DashboardContract::mark).iterator();
      String first = marks.next();

      String session = enqueue("live-" + UUID.randomUUID());

      String mark = marks.next();
      while (mark.equals(first)) {
        mark = marks.next(); // it had looked before
      }
      assertThat(page("/admin/sessions/" + session, cookie("vera"))).contains(session);
    }
  }

  @Test
  void nobodyIsToldAnything() throws Exception {
    for (String cookie : List.of("garbage", "")) {
      HttpResponse<Stream<String>> answer = events(cookie);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).containsExactly("Log in first");
    }
  }

  private HttpResponse<Stream<String>> events(String cookie)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(edge().server().url() + "/admin/events"))
            .header("Cookie", "sluice_session=" + cookie)
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
  }

  private static String mark(String event) {
    return event.replaceFirst(".*\"mark\":\"([^\"]*)\".*", "$1");
  }

  private String cookie(String name) {
    return edge().login(name, name + "'s-password");
  }

  private Answer logIn(String name, String password, String then) {
    Map<String, String> headers = new HashMap<>(FORM);
    headers.put("X-Forwarded-For", LoginEdge.newAddress());
    headers.put("Sec-Fetch-Site", "same-origin");
    String form =
        "name=" + encoded(name) + "&password=" + encoded(password) + "&then=" + encoded(then);
    return edge().server().call("POST", "/admin/login", null, form, headers);
  }

  private Answer get(String path, String cookie) {
    return edge()
        .server()
        .call("GET", path, null, null, Map.of("Cookie", "sluice_session=" + cookie));
  }

  private String page(String path, String cookie) {
    Answer answer = get(path, cookie);
    assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
    return answer.body();
  }

  private String enqueue(String project) {
    String item =
        "{\"title\":\"T\",\"prompt\":\"the secret of pages\",\"projectName\":\"" + project + "\"}";
    Answer answer = edge().post("/api/work", cookie("otto"), item);
    return answer.text("/sessionId");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
