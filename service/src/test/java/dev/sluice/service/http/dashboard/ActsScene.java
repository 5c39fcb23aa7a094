package dev.sluice.service.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.SluiceServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.BeforeEach;

/** Acts twice: by a form, and by the call that the form tells. */
abstract class ActsScene {

  /** Has letters with a meaning in paths and shells. */
  static final String REASON = "it's \"late\" & <done>";

  ActForms otto;

  protected abstract LoginEdge edge();

  @BeforeEach
  void logIn() {
    otto = new ActForms(edge(), edge().login("otto", "otto's-password"));
  }

  /** A name that must be encoded in a path and for a shell. */
  static String project() {
    return "it's a/" + UUID.randomUUID();
  }

  final String enqueue(String project) {
    return edge()
        .server()
        .enqueue("{\"prompt\":\"p\",\"projectName\":\"" + project + "\"}")
        .text("/sessionId");
  }

  final String submit(String path, String... fields) {
    List<String> all = new ArrayList<>(List.of(filled(path)));
    for (int i = 0; i + 1 < fields.length; i += 2) {
      int at = all.indexOf(fields[i]);
      all.set(at + 1, fields[i + 1]);
    }
    return otto.done(path.replaceFirst("[?].*", ""), all.toArray(String[]::new));
  }

  final String[] filled(String path) {
    Answer page = ok(otto.get(path));
    FormElement form = (FormElement) Jsoup.parse(page.body()).selectFirst("main form[method=post]");
    return form.formData().stream()
        .flatMap(each -> Stream.of(each.key(), each.value()))
        .toArray(String[]::new);
  }

  static String queue(String project) {
    return "/admin/queues/" + encoded(project);
  }

  static String work(String id) {
    return "/admin/work/" + id;
  }

  final String state(String id) {
    JsonNode work = api("/api/work/" + id);
    return work.at("/place").asText() + " " + work.at("/state").asText();
  }

  final void sameQueues(String a, String b) {
    assertThat(withoutNames(a)).isEqualTo(withoutNames(b));
  }

  final JsonNode withoutNames(String project) {
    ObjectNode queue = (ObjectNode) api("/api/queues/" + encoded(project));
    if (queue.get("pause") instanceof ObjectNode pause) {
      pause.remove(List.of("actor", "by", "since"));
    }
    return queue.without("project");
  }

  final void sameLines(String byForm, String byCurl, String verb) {
    JsonNode form = line(byForm, verb);
    JsonNode curl = line(byCurl, verb);
    assertThat(form.at("/detail")).isEqualTo(curl.at("/detail"));
    assertThat(form.at("/actor").asText()).isEqualTo("operator:otto");
    assertThat(curl.at("/reason").asText()).isEqualTo("why");
  }

  final JsonNode line(String object, String verb) {
    for (JsonNode line : api("/api/audit?limit=100").at("/lines")) {
      if (line.at("/object").asText().equals(object) && line.at("/verb").asText().equals(verb)) {
        return line;
      }
    }
    throw new AssertionError("no line of " + verb + " of " + object);
  }

  final JsonNode api(String path) {
    return call("GET", path, null).json();
  }

  final Answer call(String method, String path, String body) {
    return edge().server().call(method, path, SluiceServer.API_KEY, body, Map.of());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static Answer ok(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    return answer;
  }
}
