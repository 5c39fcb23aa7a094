package dev.sluice.service.http.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.SluiceApplication;
import dev.sluice.service.config.SluiceConfiguration;
import dev.sluice.service.http.SluiceServer;
import io.dropwizard.core.setup.Environment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.ssl.KeyStoreScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A certificate is replaced while the server runs. */
@Timeout(120)
class KeyStoreRotationTest {

  private static final String PASSWORD = "change-it";

  @TempDir private Path directory;

  @Test
  void aNewCertificateInTheFileIsTaken() throws Exception {
    Path store = keyStore("first");
    Path next = keyStore("second");
    try (SluiceServer server =
        SluiceServer.start(
            WatchedApplication.class,
            "memory",
            "server.applicationConnectors[0].type=https",
            "server.applicationConnectors[0].keyStorePath=" + store,
            "server.applicationConnectors[0].keyStorePassword=" + PASSWORD,
            "server.applicationConnectors[0].keyStoreType=PKCS12")) {
      int port = URI.create(server.url()).getPort();
      assertThat(subject(port)).isEqualTo("CN=first");
      assertThat(server.adminGet("/ready").body()).isEqualTo("{\"ready\":true}");

      Files.move(next, store, StandardCopyOption.ATOMIC_MOVE);
      KeyStoreScanner watch =
          WatchedApplication.server.getContainedBeans(KeyStoreScanner.class).iterator().next();
      watch.scan(TimeUnit.SECONDS.toMillis(30)); // as it does by itself twice a minute
      watch.scan(TimeUnit.SECONDS.toMillis(30));

      assertThat(subject(port)).isEqualTo("CN=second");
    }
  }

  private Path keyStore(String name) throws Exception {
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "sluice",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    return file;
  }

  private static String subject(int port) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Any()}, new SecureRandom());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }

  private static final class Any implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  public static final class WatchedApplication extends SluiceApplication {

    private static volatile Server server;

    @Override
    public void run(SluiceConfiguration configuration, Environment environment) {
      super.run(configuration, environment);
      environment.lifecycle().addServerLifecycleListener(started -> server = started);
    }
  }
}
