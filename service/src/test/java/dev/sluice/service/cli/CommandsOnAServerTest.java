package dev.sluice.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.cli.TypedCommand.Outcome;
import dev.sluice.service.cli.wire.ApiClient;
import dev.sluice.service.http.SluiceServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsOnAServerTest {

  private static SluiceServer server;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    server = SluiceServer.start("embedded");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void itemsAreEnqueuedAndBadOnesToldApart() throws Exception {
    Outcome one = enqueue().run("--url", server.url(), "--prompt", "p", "--id", "typed");
    assertThat(one.code()).as(one.err()).isZero();
    assertThat(one.out()).isEqualTo("typed\n");
    assertThat(enqueue().run("--url", server.url(), "--prompt", "other", "--id", "typed").code())
        .as("taken by other content")
        .isEqualTo(1);

    Outcome many =
        enqueue()
            .input("{\"prompt\":\"a\"}\n{\"priority\":3}\n{\"prompt\":\"c\",\"priority\":99}")
            .run("--url", server.url(), "--file", "-", "--project", "web");
    assertThat(many.code()).isEqualTo(1);
    assertThat(many.lines()).hasSize(1).allMatch(id -> id.startsWith("ses_"));
    assertThat(many.err())
        .contains("item 2 was refused: prompt or issueIdentifier is required")
        .contains("item 3 was refused: priority must be a whole number from 1 to 9");
  }

  @Test
  void whatWasCancelledIsFollowedToItsEnd() throws Exception {
    String[] typed = {"--url", server.url(), "--prompt", "p", "--id", "cancelled"};
    assertThat(enqueue().run(typed).code()).isZero();
    ApiClient client =
        new ApiClient(URI.create(server.url()), SluiceServer.API_KEY, Duration.ofSeconds(30));
    assertThat(client.call("DELETE", "/api/work/cancelled", "", Map.of()).ok()).isTrue();
    Outcome outcome =
        enqueue().run("--url", server.url(), "--prompt", "p", "--id", "cancelled", "--wait");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).startsWith("cancelled\tstopped\t");
  }

  private TypedCommand enqueue() {
    return new TypedCommand(
            around -> new EnqueueCommand(around, ms -> {}), directory.resolve("credentials.env"))
        .environment(Map.of("SLUICE_API_KEY", SluiceServer.API_KEY));
  }
}
