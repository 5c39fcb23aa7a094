package dev.sluice.service.http.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.http.SluiceServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsTest {

  private static final String PASSWORD = "change-it";
  private static final String HEAD = "GET /api/none HTTP/1.1\r\nHost: localhost\r\n";

  private static SluiceServer server;
  private static SSLContext client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    Path store = directory.resolve("sluice.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String line =
        "-genkeypair -alias sluice -keyalg EC -groupname secp256r1 -validity 2 -dname CN=localhost"
            + " -ext SAN=dns:localhost -storetype PKCS12 -storepass "
            + PASSWORD;
    Process made =
        new ProcessBuilder((keytool + ' ' + line + " -keystore " + store).split(" "))
            .inheritIO()
            .start();
    assertThat(made.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("sluice", keys.getCertificate("sluice"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    client = SSLContext.getInstance("TLS");
    client.init(null, trust.getTrustManagers(), null);
    String connector = "server.applicationConnectors[0].";
    server =
        SluiceServer.start(
            "memory",
            connector + "type=https",
            connector + "keyStorePath=" + store,
            connector + "keyStorePassword=" + PASSWORD,
            connector + "keyStoreType=PKCS12");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static SSLSocket connect(String protocol) throws IOException {
    int port = URI.create(server.url()).getPort();
    SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", port);
    socket.setEnabledProtocols(new String[] {protocol});
    socket.setSoTimeout(20_000);
    socket.startHandshake();
    return socket;
  }

  private static String status(SSLSocket socket, String call) throws IOException {
    socket.getOutputStream().write(call.getBytes(US_ASCII));
    String status = new String(socket.getInputStream().readNBytes(12), US_ASCII);
    if (status.length() < 12) {
      throw new IOException("closed");
    }
    return status;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void callsAreServed(String protocol) throws IOException {
    try (SSLSocket socket = connect(protocol)) {
      assertThat(status(socket, HEAD + "\r\n")).isEqualTo("HTTP/1.1 404");
      assertThat(socket.getSession().getCipherSuite()).contains("GCM");
    }
  }

  /** It calls its own port, and must know that it speaks TLS there. */
  @Test
  void theServerSeesThatItServesCalls() {
    assertThat(server.adminGet("/ready").status()).isEqualTo(200);
  }

  @Test
  void aHeaderHasSoManyFieldsHereToo() throws IOException {
    try (SSLSocket socket = connect("TLSv1.3")) {
      assertThat(status(socket, HEAD + "X:\r\n".repeat(130))).isEqualTo("HTTP/1.1 431");
    }
  }

  @Test
  void aClientMayNotRenegotiate() throws IOException {
    try (SSLSocket socket = connect("TLSv1.2")) {
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                status(socket, HEAD + "\r\n");
              })
          .isInstanceOf(IOException.class);
    }
  }
}
