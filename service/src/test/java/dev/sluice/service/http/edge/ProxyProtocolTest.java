package dev.sluice.service.http.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.SluiceServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A balancer that names the client before each connection, in either version of its protocol. */
@Timeout(60)
class ProxyProtocolTest {

  private static final byte[] CALL =
      "GET /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server = SluiceServer.start("memory", "server.applicationConnectors[0].useProxyProtocol=true");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theNodeIsReady() throws Exception {
    assertThat(server.adminGet("/ready").status()).isEqualTo(200);
  }

  @Test
  void theTextOfVersion1IsRead() throws Exception {
    byte[] line = "PROXY TCP4 192.0.2.1 192.0.2.2 4321 80\r\n".getBytes(US_ASCII);

    assertThat(answerTo(line)).startsWith("HTTP/1.1 401");
  }

  @Test
  void theBytesOfVersion2AreRead() throws Exception {
    byte[] header =
        HexFormat.of()
            .parseHex(
                "0d0a0d0a000d0a515549540a" + "21" + "11" + "000c" + "c0000201c000020210e10050");

    assertThat(answerTo(header)).startsWith("HTTP/1.1 401");
  }

  private static String answerTo(byte[] header) throws IOException {
    URI address = URI.create(server.url());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(header);
      all.write(CALL);
      socket.getOutputStream().write(all.toByteArray());
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
