package dev.sluice.service.http.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.BadInputSocket;
import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Chunked bodies that a proxy may end elsewhere than the server: the bytes between are never read
 * as a call.
 */
public abstract class SmuggledCallContract {

  private static final String HEAD =
      "POST /api/login HTTP/1.1\r\nHost: sluice\r\nContent-Type: application/json\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n";

  private static final String HIDDEN = "GET /api/me?smuggled HTTP/1.1\r\nHost: sluice\r\n\r\n";

  protected abstract SluiceServer server();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1;a=\"\r\nX\r\n0\r\n\r\n" + HIDDEN + "\"\r\nX\r\n0\r\n\r\n",
        "1;a=\"\\\r\nX\r\n0\r\n\r\n" + HIDDEN + "\"\r\nX\r\n0\r\n\r\n",
        "1;a=\"\nX\r\n0\r\n\r\n" + HIDDEN + "\"\r\nX\r\n0\r\n\r\n",
        "1;a\nX\r\n0\r\n\r\n" + HIDDEN,
        "1\nX\r\n0\r\n\r\n" + HIDDEN,
        "1\r\nX\n0\r\n\r\n" + HIDDEN,
        "1\r\nX\r\n0\n\n" + HIDDEN
      })
  void aChunkThatCanBeReadInTwoWaysIsRefusedAndItsConnectionCloses(String body) {
    try (BadInputSocket socket = new BadInputSocket(server())) {
      Answer answer = socket.send(HEAD + body).answer();
      assertThat(answer.status()).as("%s", answer).isEqualTo(400);
      assertThat(socket.closed()).as("closed without an answer to the hidden call").isTrue();
    }
  }
}
