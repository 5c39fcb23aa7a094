package dev.sluice.service.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.SluiceApplication;
import dev.sluice.service.config.SluiceConfiguration;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.process.SluiceProcess;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls while Jersey is being made. */
@Timeout(60)
class EarlyCallsTest {

  private static final CountDownLatch BEGUN = new CountDownLatch(1);
  private static final CountDownLatch GO_ON = new CountDownLatch(1);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Jersey waits for the test. */
  public static final class Slow extends SluiceApplication {
    @Override
    public void run(SluiceConfiguration configuration, Environment environment) {
      super.run(configuration, environment);
      environment.jersey().register(new Waits());
    }
  }

  private static final class Waits implements DynamicFeature {
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
      BEGUN.countDown();
      try {
        GO_ON.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void workersAreServedAndOthersWait() throws Exception {
    int port = SluiceProcess.freePort();
    int adminPort = SluiceProcess.freePort();
    CompletableFuture<SluiceServer> starting =
        CompletableFuture.supplyAsync(
            () ->
                SluiceServer.start(
                    Slow.class,
                    "hazelcast",
                    SluiceServer.ONE_MEMBER,
                    "server.applicationConnectors[0].port=" + port,
                    "server.adminConnectors[0].port=" + adminPort));
    try {
      BEGUN.await();
      HttpRequest ready = HttpRequest.newBuilder(uri(adminPort, "/ready")).build();
      assertThat(answer(registration(port)).statusCode()).isEqualTo(201);
      CompletableFuture<HttpResponse<String>> me =
          http.sendAsync(
              HttpRequest.newBuilder(uri(port, "/api/me"))
                  .header("Authorization", "Bearer " + SluiceServer.API_KEY)
                  .build(),
              BodyHandlers.ofString());

      HttpResponse<String> answer = answer(ready);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("the application port is not open");
      assertThat(me).isNotDone();
      assertThat(starting).isNotDone();

      GO_ON.countDown();
      assertThat(me.join().statusCode()).isEqualTo(200);
      starting.join();
      assertThat(answer(ready).statusCode()).isEqualTo(200);
    } finally {
      GO_ON.countDown();
      starting.join().close();
    }
  }

  private HttpResponse<String> answer(HttpRequest request) throws Exception {
    awaitOpen(request.uri().getPort());
    return http.send(request, BodyHandlers.ofString());
  }

  private static void awaitOpen(int port) throws IOException {
    boolean open = false;
    while (!open) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        open = true;
      } catch (ConnectException e) {
        Thread.onSpinWait(); // the start goes on
      }
    }
  }

  private static HttpRequest registration(int port) {
    return HttpRequest.newBuilder(uri(port, "/api/workers/register"))
        .header("Authorization", "Bearer " + SluiceServer.REGISTRATION_TOKEN)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"hostname\":\"host\",\"capacity\":1}"))
        .build();
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
