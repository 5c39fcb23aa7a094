package dev.sluice.service.http.input;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.BadInputSocket;
import dev.sluice.service.http.SluiceServer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A connection for calls one after the other, opened again where the server closes it. */
final class BadInputConnection implements AutoCloseable {

  private final SluiceServer server;
  private @Nullable BadInputSocket socket;

  BadInputConnection(SluiceServer server) {
    this.server = server;
  }

  Answer send(BadInputCall call, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    if (socket == null) {
      socket = new BadInputSocket(server);
    }
    Answer answer =
        socket
            .send(
                BadInputSocket.head(
                    call.method(),
                    call.path(),
                    call.bearer(),
                    "Content-Type: application/json",
                    "Content-Length: " + body.length),
                body)
            .answer();
    if (answer.headers().firstValue("Connection").orElse("").equalsIgnoreCase("close")) {
      close();
    }
    return answer;
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
