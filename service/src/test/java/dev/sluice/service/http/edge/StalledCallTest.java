package dev.sluice.service.http.edge;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthLog;
import dev.sluice.service.http.BadInputAnswers;
import dev.sluice.service.http.BadInputSocket;
import dev.sluice.service.http.SluiceServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StalledCallTest {

  @Test
  void aCallThatStallsIsGivenUpWithoutAnError() {
    List<String> lines;
    try (AuthLog log = new AuthLog()) {
      try (SluiceServer server =
          SluiceServer.start("embedded", "server.applicationConnectors[0].idleTimeout=300ms")) {
        byte[] part = "{\"prompt\":".getBytes(StandardCharsets.UTF_8);
        for (String length : List.of("Content-Length: 1000", "Transfer-Encoding: chunked")) {
          String head =
              BadInputSocket.head(
                  "POST", "/api/work", API_KEY, "Content-Type: application/json", length);
          try (BadInputSocket socket = new BadInputSocket(server)) {
            Answer answer = socket.send(head, length.endsWith("d") ? new byte[0] : part).answer();
            assertThat(BadInputAnswers.problem(answer)).as("%s", answer).isNull();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("/message")).isEqualTo("The body broke off before its end");
            assertThat(answer.headers().firstValue("Connection")).hasValue("close");
            assertThat(socket.closed()).isTrue();
          }
        }
        try (BadInputSocket socket = new BadInputSocket(server)) {
          assertThat(socket.send("POST /api/work HTTP/1.1\r\nHost: a\r\nContent").closed())
              .isTrue();
        }
      }
      lines = log.lines();
    }
    assertThat(lines).isNotEmpty().noneMatch(line -> line.startsWith("ERROR"));
  }
}
