package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.process.SluiceProcess.Launch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A full heap and a lost member end the process with a line that says so, or fail {@code /alive}
 * where it must stay.
 */
@Timeout(120)
class FailStopIT {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");
  private static final Launch LAUNCH = Launch.of(DoomedSluice.class).with("-Xmx128m");

  /** A process with a Hazelcast member. */
  private static final String[] MEMBER = {"backend.type=hazelcast", SluiceServer.ONE_MEMBER};

  @TempDir Path directory;

  private final HttpClient http = HttpClient.newHttpClient();

  /** The short form leaves out calls, which {@link #failures} covers, and pools of threads. */
  static Stream<String> threads() {
    return LONG
        ? Stream.of("call", "thread", "pool", "partition")
        : Stream.of("thread", "partition");
  }

  /** Either failure; what saw a full heap makes no difference for the rest. */
  static Stream<String> failures() {
    return LONG ? Stream.of("call", "thread", "partition", "member") : Stream.of("call", "member");
  }

  @ParameterizedTest
  @MethodSource("threads")
  void aFullHeapInAnyThreadEndsTheProcess(String where) throws Exception {
    try (SluiceProcess sluice =
        SluiceProcess.start(directory, LAUNCH, FleetCalls.ENVIRONMENT, MEMBER)) {
      doom(sluice.url() + "/doom/" + where);

      assertThat(sluice.exitCode()).isEqualTo(3);
      assertThat(sluice.lastLine()).startsWith("Sluice ends: out of memory").contains("-Xmx");
    }
  }

  /** The fail-stop itself gets no memory then. */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseParallelGC"})
  void aHeapWithoutAFreeByteEndsTheProcess(String collector) throws Exception {
    Launch launch = LAUNCH.with("-XX:-UseSerialGC").with(collector);
    try (SluiceProcess sluice =
        SluiceProcess.start(directory, launch, FleetCalls.ENVIRONMENT, MEMBER)) {
      doom(sluice.url() + "/doom/hoard");

      assertThat(sluice.exitCode()).isEqualTo(3);
      assertThat(sluice.output()).anyMatch(line -> line.startsWith("Sluice ends: "));
    }
  }

  @Test
  void aFullHeapInAServletEndsTheProcess() throws Exception {
    try (SluiceProcess sluice =
        SluiceProcess.start(directory, LAUNCH, FleetCalls.ENVIRONMENT, MEMBER)) {
      doom(sluice.url() + "/doom");

      assertThat(sluice.exitCode()).isEqualTo(3);
      assertThat(sluice.lastLine()).startsWith("Sluice ends: out of memory");
    }
  }

  @Test
  void aLostMemberEndsTheProcess() throws Exception {
    try (SluiceProcess sluice =
        SluiceProcess.start(directory, LAUNCH, FleetCalls.ENVIRONMENT, MEMBER)) {
      doom(sluice.url() + "/doom/member");

      assertThat(sluice.exitCode()).isEqualTo(3);
      assertThat(sluice.lastLine())
          .isEqualTo("Sluice ends: the Hazelcast member has stopped; start again");
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whereItShallStayItIsNoLongerAlive(String where) throws Exception {
    try (SluiceProcess sluice =
        SluiceProcess.start(
            directory,
            LAUNCH,
            FleetCalls.ENVIRONMENT,
            "backend.type=hazelcast",
            SluiceServer.ONE_MEMBER,
            "onFailure=stay")) {
      assertThat(admin(sluice, "/alive").statusCode()).isEqualTo(200);
      doom(sluice.url() + "/doom/" + where);

      HttpResponse<String> alive = admin(sluice, "/alive");
      while (alive.statusCode() == 200) { // a thread needs a moment to die
        alive = admin(sluice, "/alive");
      }
      assertThat(alive.statusCode()).isEqualTo(503);
      assertThat(alive.body())
          .contains(where.equals("member") ? "member has stopped" : "out of memory");
      assertThat(admin(sluice, "/ready").statusCode()).isEqualTo(503);
    }
  }

  private HttpResponse<String> admin(SluiceProcess sluice, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + sluice.adminPort() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private void doom(String url) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.noBody()).build();
      assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isNotEqualTo(404);
    } catch (IOException e) {
      // the process may end before it answers
    }
  }
}
