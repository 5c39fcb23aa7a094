package dev.sluice.service.http.auth;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthApplication;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.input.BadInputScene;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class AuthFaultContract {

  protected abstract AuthEdge edge();

  @Test
  void aFaultIsAnsweredByANumberThatTheLogExplains() {
    String id = AuthApplication.FAULT + System.nanoTime();
    for (String call : List.of("GET /api/sessions/", "DELETE /api/work/")) {
      Answer answer =
          edge()
              .server()
              .call(
                  call.substring(0, call.indexOf(' ')),
                  call.substring(call.indexOf(' ') + 1) + id,
                  API_KEY,
                  null,
                  Map.of());
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(answer.json().size()).isEqualTo(4);
      assertThat(answer.text("/code")).isEqualTo("internal");
      String number = answer.text("/id");
      assertThat(number).hasSizeGreaterThan(20);
      assertThat(answer.text("/error")).isEqualTo("Internal error, see log line " + number);
      assertThat(answer.text("/message")).isEqualTo(answer.text("/error"));
      List<String> explained = edge().log().stream().filter(line -> line.contains(number)).toList();
      assertThat(explained).hasSize(1);
      assertThat(explained.get(0))
          .startsWith("ERROR")
          .contains(AuthApplication.FAULT_MESSAGE)
          .contains("at dev.sluice.service");
    }
  }

  @Test
  void noIdPassesForTheRestOfAnAuditLine() {
    String start = "audit-" + System.nanoTime();
    String id = start + "\" org=other actor=\"root\\ \u2028org=other \u202e\u200b verb";
    String json =
        "{\"prompt\":\"p\",\"projectName\":\"none\",\"sessionId\":" + TextNode.valueOf(id) + "}";
    edge().server().enqueue(json);
    assertThat(
            edge().call("DELETE", "/api/work/" + BadInputScene.encoded(id), API_KEY, null).status())
        .isEqualTo(200);
    List<String> lines = edge().log().stream().filter(line -> line.contains(start)).toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .endsWith(
            " verb=\"stop\" object=\""
                + start
                + "\\\" org=other actor=\\\"root\\\\ \\u2028org=other \\u202e\\u200b verb\"");
  }
}
