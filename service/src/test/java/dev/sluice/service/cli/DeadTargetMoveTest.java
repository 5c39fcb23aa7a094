package dev.sluice.service.cli;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.SluiceApplication;
import dev.sluice.service.cli.TypedCommand.Outcome;
import dev.sluice.service.config.SluiceConfiguration;
import dev.sluice.service.http.SluiceServer;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The target of a move dies while it takes the org. */
@Timeout(120)
class DeadTargetMoveTest {

  @TempDir private Path directory;

  @Test
  void theSourceOpensBeforeTheTargetIsAskedAgain() throws Exception {
    try (SluiceServer source = SluiceServer.start("memory");
        SluiceServer target =
            SluiceServer.start(
                DyingApplication.class,
                "memory",
                "credentials.jwtSecret=another-signing-secret-of-more-than-32-characters",
                "credentials.previousJwtSecrets=" + SluiceServer.JWT_SECRET)) {
      source.enqueue("{\"prompt\":\"p\"}");
      DyingApplication.source = source;

      Outcome failed =
          new TypedCommand(
                  around -> new MoveCommand(around, ms -> {}, System::nanoTime),
                  directory.resolve("none"))
              .environment(Map.of("SLUICE_API_KEY", API_KEY, "SLUICE_TO_API_KEY", API_KEY))
              .run("--from", source.url(), "--to", target.url());

      assertThat(failed.code()).isNotZero();
      assertThat(DyingApplication.AFTER)
          .as("the source is closed, at each call of the dead target")
          .isNotEmpty()
          .doesNotContain(true);
      assertThat(closed(source)).isFalse();
      assertThat(failed.lines()).isEmpty();
      assertThat(failed.err())
          .containsSubsequence("the source is open again", "the target stays closed");
    }
  }

  private static boolean closed(SluiceServer server) {
    return server.get("/api/closure", API_KEY).json().path("closed").asBoolean();
  }

  /** Answers no call after the first piece of an import. */
  public static final class DyingApplication extends SluiceApplication {

    /** For each call that came after the last piece: true if the source was closed. */
    private static final List<Boolean> AFTER = new CopyOnWriteArrayList<>();

    private static volatile SluiceServer source;
    private static volatile boolean dead;

    @Override
    public void run(SluiceConfiguration configuration, Environment environment) {
      super.run(configuration, environment);
      environment
          .jersey()
          .register(
              new ContainerRequestFilter() {
                @Override
                public void filter(ContainerRequestContext request) {
                  boolean piece =
                      request.getMethod().equals("POST")
                          && request.getUriInfo().getPath().equals("api/import");
                  if (dead && !piece) {
                    AFTER.add(closed(source));
                  }
                  dead |= piece;
                  if (dead) {
                    request.abortWith(Response.status(503).build());
                  }
                }
              });
    }
  }
}
