package dev.sluice.service.http.protocol;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.SluiceServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A call refused before its body was read leaves its connection usable. */
abstract class UnreadBodyContract {

  private static final String BODY = "{\"hostname\":\"h\"}";

  protected abstract SluiceServer server();

  @Test
  void fifteenHundredRefusedCallsAreAllAnswered() {
    for (int i = 0; i < 500; i++) {
      assertThat(server().post("/api/workers/register", "nobody", BODY).status()).isEqualTo(401);
      assertThat(server().post("/api/no/such/path", null, BODY).status()).isEqualTo(404);
      assertThat(server().post("/api/sessions/s/prompts", API_KEY, BODY).status()).isEqualTo(410);
    }
  }

  @Test
  void aLargeBodyThatIsRefusedIsAnsweredWhoeverSendsItToItsEndFirst() {
    String large = "{\"hostname\":\"" + "x".repeat(1 << 20) + "\"}";
    for (int i = 0; i < 100; i++) {
      assertThat(server().post("/api/workers/register", "nobody", large).status()).isEqualTo(401);
      assertThat(server().post("/api/login", null, large).status()).isEqualTo(413);
    }
  }

  @Test
  void aReadWithABodyIsServedWithoutIt() throws IOException {
    try (Socket socket = connect()) {
      write(
          socket,
          "GET /api/public/session-activities?sessionId=s HTTP/1.1\r\nHost: h\r\n"
              + "Content-Length: 2\r\n\r\n");
      assertThat(readToTheEnd(socket)).startsWith("HTTP/1.1 4");
    }
  }

  @Test
  void theNextCallOverTheSameConnectionIsAnswered() throws IOException {
    try (Socket socket = connect()) {
      write(socket, request("nobody", "") + BODY);
      write(socket, request(REGISTRATION_TOKEN, "Connection: close\r\n") + BODY);
      String answers = readToTheEnd(socket);
      assertThat(answers).startsWith("HTTP/1.1 401").contains("HTTP/1.1 201");
      assertThat(answers.toLowerCase(Locale.ROOT)).containsOnlyOnce("connection: close");
    }
  }

  @Test
  void nobodyWaitsForABodyThatIsNotThereYet() throws IOException {
    try (Socket socket = connect()) {
      write(socket, request("nobody", ""));
      String answer = readToTheEnd(socket);
      assertThat(answer).startsWith("HTTP/1.1 401").contains("Invalid or missing API key");
      assertThat(answer).containsIgnoringCase("Connection: close");
    }
  }

  @Test
  void aRequestThatCannotBeReadIsToldWhyAndThatItsConnectionCloses() throws IOException {
    for (String path : List.of("/api/work/%00", "/api/work?cursor=" + "x".repeat(20_000))) {
      try (Socket socket = connect()) {
        write(socket, "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
        String answer = readToTheEnd(socket);
        assertThat(answer).startsWith("HTTP/1.1 4").containsIgnoringCase("Connection: close");
        assertThat(answer).contains("\"message\":").doesNotContain("broke off");
      }
    }
  }

  private Socket connect() throws IOException {
    URI url = URI.create(server().url());
    Socket socket = new Socket(url.getHost(), url.getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String request(String bearer, String headers) {
    return "POST /api/workers/register HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
        + "Authorization: Bearer "
        + bearer
        + "\r\nContent-Length: "
        + BODY.length()
        + "\r\n"
        + headers
        + "\r\n";
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String readToTheEnd(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }
}
