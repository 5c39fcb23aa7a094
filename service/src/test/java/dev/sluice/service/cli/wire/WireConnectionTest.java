package dev.sluice.service.cli.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.cli.CannedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireConnectionTest {

  private final CannedServer server = new CannedServer();
  private WireConnection connection = new WireConnection(server.url(), Duration.ofSeconds(10));

  WireConnectionTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    connection.close();
    server.close();
  }

  @Test
  void sendsAGetWithoutABody() throws Exception {
    server.answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    connection.exchange("GET", "/api/workers/w/poll", "secret", WireConnection.NO_BODY);

    assertThat(server.request())
        .startsWith("GET /base/api/workers/w/poll HTTP/1.1\r\n")
        .contains("\r\nHost: " + server.url().getRawAuthority() + "\r\n")
        .contains("\r\nAuthorization: Bearer secret\r\n")
        .doesNotContain("Content-Length")
        .endsWith("\r\n\r\n");
  }

  @Test
  void sendsAPostWithItsLength() throws Exception {
    server.answers("HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}");
    byte[] body = "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.UTF_8);
    WireAnswer answer = connection.exchange("POST", "/x", "secret", body);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.ok()).isTrue();
    assertThat(server.request())
        .contains("\r\nContent-Type: application/json\r\n")
        .contains("\r\nContent-Length: 10\r\n")
        .endsWith(new String(body, StandardCharsets.ISO_8859_1));
  }

  @Test
  void keepsTheConnectionForTheNextRequest() throws Exception {
    server.answers(
        "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\none",
        "HTTP/1.1 404 Not Found\r\nContent-Length:   3  \r\n\r\ntwo");

    assertThat(get().text()).isEqualTo("one");
    WireAnswer second = get();
    assertThat(second.status()).isEqualTo(404);
    assertThat(second.text()).isEqualTo("two");
    assertThat(server.connections()).isEqualTo(1);
    assertThat(connection.requests()).isEqualTo(2);
  }

  @Test
  void readsChunks() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n";
    server.answers(
        head + String.join("\r\n", "4", "slui", "2;note=x", "ce", "0", "Trailer: x", "", ""),
        head + "0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");

    assertThat(get().text()).isEqualTo("sluice");
    assertThat(get().text()).isEmpty();
    assertThat(get().text()).isEqualTo("next");
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void readsBodiesBeyondItsBuffer() throws Exception {
    String big = "0123456789".repeat(30_000);
    server.answers(
        "HTTP/1.1 200 OK\r\nContent-Length: " + big.length() + "\r\n\r\n" + big,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + ("186a0\r\n" + big.substring(0, 100_000) + "\r\n").repeat(3)
            + "0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");

    assertThat(get().text()).isEqualTo(big);
    assertThat(get().text()).hasSize(300_000).startsWith("0123").endsWith("6789");
    assertThat(get().text()).isEqualTo("next");
  }

  @Test
  void readsToTheEndOfTheConnectionWhereNoLengthIsSaid() throws Exception {
    server.answers("HTTP/1.0 200 OK\r\n\r\nall of it").hangsUp();
    server.answers("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");

    assertThat(get().text()).isEqualTo("all of it");
    assertThat(get().text()).isEqualTo("next");
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void opensAnotherConnectionAfterTheServerSaidItCloses() throws Exception {
    server
        .answers("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\none")
        .hangsUp();
    server.answers("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntwo");

    assertThat(get().text()).isEqualTo("one");
    assertThat(get().text()).isEqualTo("two");
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void passesOverInterimAnswersAndKnowsWhichHaveNoBody() throws Exception {
    server.answers(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");

    assertThat(get().status()).isEqualTo(204);
    assertThat(get().text()).isEqualTo("next");
  }

  @Test
  void aConnectionClosedBeforeTheAnswerFailsAndTheNextRequestOpensAnother() throws Exception {
    server.answers("").hangsUp();
    server.answers("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nback");

    assertThatThrownBy(this::get)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("GET /poll: ")
        .hasMessageContaining("closed the connection");
    assertThat(get().text()).isEqualTo("back");
  }

  @Test
  void aConnectionClosedWithinTheAnswerFails() throws Exception {
    server.answers("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfour").hangsUp();
    server.answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nfour").hangsUp();

    assertThatThrownBy(this::get).hasMessageContaining("within its answer");
    assertThatThrownBy(this::get).hasMessageContaining("within its answer");
  }

  @Test
  void whatIsNotHttpIsSaid() throws Exception {
    server.answers("SSH-2.0-OpenSSH_9.2\r\n").hangsUp();
    server.answers("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n").hangsUp();
    server.answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n").hangsUp();
    server.answers("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n").hangsUp();

    assertThatThrownBy(this::get).hasMessageContaining("not HTTP").hasMessageContaining("SSH");
    assertThatThrownBy(this::get).hasMessageContaining("number").hasMessageContaining("many");
    assertThatThrownBy(this::get).hasMessageContaining("number").hasMessageContaining("xyz");
    assertThatThrownBy(this::get).hasMessageContaining("over 67108864 bytes");
  }

  @Test
  void anEndlessHeadIsRefused() throws Exception {
    server.answers("HTTP/1.1 200 OK\r\n" + ("X: " + "x".repeat(1000) + "\r\n").repeat(100));
    assertThatThrownBy(this::get).hasMessageContaining("head is over");
  }

  @Test
  void silenceEndsInATimeOut() throws Exception {
    server.answers("");
    connection = new WireConnection(server.url(), Duration.ofMillis(20));
    assertThatThrownBy(this::get)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("GET /poll: no answer from 127.0.0.1:");
  }

  @Test
  void nobodyThereIsSaid() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    connection = new WireConnection(URI.create("http://127.0.0.1:" + port), Duration.ofSeconds(10));
    assertThatThrownBy(this::get).hasMessageContaining("cannot connect to 127.0.0.1:" + port);
  }

  private WireAnswer get() throws IOException {
    return connection.exchange("GET", "/poll", "secret", WireConnection.NO_BODY);
  }
}
