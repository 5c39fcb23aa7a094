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

class PagesCommandTest {

  private static final String PASSWORD = "the-password-of-pages";

  private static SluiceServer server;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws Exception {
    server = SluiceServer.start("embedded", "credentials.adminPassword=" + PASSWORD);
    new ApiClient(URI.create(server.url()), SluiceServer.API_KEY, Duration.ofSeconds(30))
        .call("POST", "/api/work", "{\"prompt\":\"p\",\"projectName\":\"web\"}", Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyPageThatSomethingLeadsToIsTimed() throws Exception {
    Outcome outcome = pages(PASSWORD).run("--url", server.url(), "--loads", "2");

    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("  /admin\n", "  /admin/queues/*\n", "  /admin/queues/*?place=dead\n")
        .contains("  /admin/sessions/*\n", "  /admin/system\n", "  /admin/queues/*/pause\n")
        .doesNotContain("assets", "logout");
  }

  @Test
  void whoMayNotLogInIsToldAndTimesNothing() throws Exception {
    Outcome outcome = pages("wrong").run("--url", server.url());

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("login of admin answered 401").doesNotContain("wrong");
    assertThat(pages(" ").run("--url", server.url()).code()).isEqualTo(2);
    assertThat(pages(PASSWORD).run("--url", server.url(), "--loads", "0").code()).isEqualTo(2);
    assertThat(pages(PASSWORD).run("--url", "http://127.0.0.1:1").code()).isEqualTo(3);
  }

  private TypedCommand pages(String password) {
    return new TypedCommand(PagesCommand::new, directory.resolve("none"))
        .environment(Map.of("SLUICE_ADMIN_PASSWORD", password));
  }
}
