package dev.sluice.service.http.input;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.input.BadInputField.of;
import static dev.sluice.service.http.input.BadInputKind.integer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.control.PauseMany;
import dev.sluice.control.SelectedOrder;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthApplication;
import dev.sluice.service.http.SluiceServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class BadInputOpsCalls {

  private static final BadInputField MAY_SAY_WHY = of("reason", BadInputKind.REASON);

  private final SluiceServer server;
  private final String project = "ops-" + System.nanoTime();

  BadInputOpsCalls(SluiceServer server) {
    this.server = server;
  }

  List<BadInputCall> all() {
    String waiting = project + "-waiting";
    // Not for the workers of other scenes that take any project.
    server.enqueue(
        "{\"prompt\":\"p\",\"requiredCapabilities\":[\"none\"],\"sessionId\":\""
            + waiting
            + "\",\"projectName\":\""
            + project
            + "\"}");
    String queue = "/api/queues/" + project;
    return List.of(
        patch("/api/work/" + waiting),
        pause(queue + "/pause"),
        mute(),
        protect(),
        pauseAll(),
        resumeAll(),
        limits(queue + "/limits"),
        bulk(),
        bulkByIds(waiting),
        mint(),
        addWebhook(),
        rotateSecret(),
        close());
  }

  private static BadInputCall patch(String path) {
    BadInputKind priority = integer(1, 9);
    return new Fixed(
        "PATCH /api/work/{id}",
        200,
        path,
        Map.of("priority", "3"),
        List.of(
            of("priority", priority).required().at("/priority"),
            of("front", value -> value.json().equals("true") ? 200 : 400)
                .required()
                .instead("priority"),
            MAY_SAY_WHY)) {
      @Override
      Set<String> otherNames() {
        return Set.of("priority"); // when neither is there
      }
    };
  }

  private static BadInputCall pause(String path) {
    BadInputKind said =
        value ->
            value.text() != null && value.text().isBlank()
                ? 400
                : BadInputKind.REASON.status(value);
    return new Fixed(
        "POST /api/queues/{project}/pause",
        200,
        path,
        Map.of("reason", "\"r\""),
        List.of(
            of("reason", said).required().at("/pause/reason"),
            // No time here is one to come.
            of("until", BadInputKind.WORD)));
  }

  private BadInputCall mute() {
    SeenFinding seen = new SeenFinding("no-worker", project, project, "no worker takes it");
    AuthApplication.backend(server)
        .findings()
        .observe("default", List.of(seen), Duration.ofHours(1).toMillis(), false);
    return lasting(
        "POST /api/findings/{key}/mute", "/api/findings/" + seen.key() + "/mute", 43_200);
  }

  private BadInputCall protect() {
    String worker = new BadInputScene(server).worker().id();
    return lasting(
        "PUT /api/workers/{id}/protection", "/api/workers/" + worker + "/protection", 10_080);
  }

  private static BadInputCall lasting(String name, String path, int mostMinutes) {
    return new Fixed(
        name,
        200,
        path,
        Map.of("minutes", "60"),
        List.of(
            of("minutes", integer(1, mostMinutes)).required(),
            // No time here is near enough.
            of("until", value -> 400).required().instead("minutes"),
            MAY_SAY_WHY)) {
      @Override
      Set<String> otherNames() {
        return Set.of("minutes"); // when neither is there
      }
    };
  }

  private static BadInputCall pauseAll() {
    BadInputKind said =
        value ->
            value.text() != null
                    && !value.text().isBlank()
                    && PauseMany.problem(value.text()) == null
                ? 200
                : 400;
    return new Fixed(
        "POST /api/queues/pause",
        200,
        "/api/queues/pause",
        Map.of("reason", "\"r\"", "dryRun", "true"),
        List.of(
            of("reason", said).required(),
            // No time here is one to come.
            of("until", BadInputKind.WORD),
            of("dryRun", BadInputKind.BOOLEAN)));
  }

  private static BadInputCall resumeAll() {
    return new Fixed(
        "POST /api/queues/resume",
        200,
        "/api/queues/resume",
        Map.of("dryRun", "true"),
        List.of(of("by", BadInputKind.WORD), of("dryRun", BadInputKind.BOOLEAN), MAY_SAY_WHY));
  }

  private static BadInputCall limits(String path) {
    BadInputKind usd =
        value ->
            value.isNumber()
                    && value.finite()
                    && value.parsed().doubleValue() >= 0
                    && value.parsed().doubleValue() <= 1_000_000_000
                ? 200
                : 400;
    return new Fixed(
        "PUT /api/queues/{project}/limits",
        200,
        path,
        Map.of(),
        List.of(
            of("maxConcurrent", integer(0, Integer.MAX_VALUE)).at("/maxConcurrent"),
            of("dailyBudgetUsd", usd),
            MAY_SAY_WHY));
  }

  private BadInputCall bulk() {
    return new Fixed(
        "POST /api/bulk",
        200,
        "/api/bulk",
        Map.of(
            "verb", "\"requeue\"",
            "filter", "{\"project\":\"" + project + "\"}",
            "dryRun", "true"),
        List.of(
            of("verb", BadInputKind.WORD).required(),
            of("filter", value -> value.json().equals("{}") ? 200 : 400).required(),
            of("dryRun", BadInputKind.BOOLEAN).required(),
            of("priority", BadInputKind.WORD),
            of("cursor", value -> "".equals(value.text()) ? 200 : 400),
            MAY_SAY_WHY));
  }

  private static BadInputCall bulkByIds(String waiting) {
    BadInputKind names = BadInputKind.names(SelectedOrder.MOST);
    return new Fixed(
        "POST /api/bulk, by ids",
        200,
        "/api/bulk",
        Map.of("verb", "\"cancel\"", "ids", "[\"" + waiting + "\"]", "dryRun", "true"),
        List.of(
            of("verb", BadInputKind.WORD).required(),
            of("ids", value -> value.json().equals("[]") ? 400 : names.status(value)).required(),
            of("dryRun", BadInputKind.BOOLEAN).required(),
            of("priority", BadInputKind.WORD),
            of("message", BadInputKind.WORD),
            of("cursor", value -> "".equals(value.text()) || "0".equals(value.text()) ? 200 : 400),
            MAY_SAY_WHY)) {
      @Override
      Set<String> otherNames() {
        return Set.of("filter"); // when neither is there
      }
    };
  }

  private BadInputCall mint() {
    return new Fixed(
        "POST /api/keys",
        201,
        "/api/keys",
        Map.of("name", "\"n\"", "type", "\"user\"", "scopes", "[\"fleet:read\"]"),
        List.of(
            of("name", BadInputKind.NAME).required().at("/name"),
            of("type", BadInputKind.WORD).required(),
            of("scopes", BadInputKind.WORD).required(),
            of("projects", BadInputKind.names(1_000)).at("/projects"),
            of("org", BadInputKind.IGNORED),
            MAY_SAY_WHY)) {
      @Override
      String kept(Answer answer) {
        assertThat(server.delete("/api/keys/" + answer.text("/id"), API_KEY).status())
            .isEqualTo(200);
        return answer.body();
      }
    };
  }

  private BadInputCall addWebhook() {
    return new Fixed(
        "POST /api/webhooks",
        201,
        "/api/webhooks",
        Map.of("url", "\"https://hooks.invalid/a\""),
        List.of(
            of("url", BadInputKind.WORD).required(),
            of("types", BadInputKind.OBJECTS),
            of("projects", BadInputKind.names(100)).at("/projects"),
            of("secret", BadInputKind.WORD),
            of("format", BadInputKind.WORD),
            of("org", BadInputKind.IGNORED),
            MAY_SAY_WHY)) {
      @Override
      String kept(Answer answer) {
        assertThat(server.delete("/api/webhooks/" + answer.text("/id"), API_KEY).status())
            .isEqualTo(200);
        return answer.body();
      }
    };
  }

  private BadInputCall rotateSecret() {
    String id =
        server.post("/api/webhooks", API_KEY, "{\"url\":\"https://hooks.invalid/a\"}").text("/id");
    return new Fixed(
        "POST /api/webhooks/{id}/secret",
        200,
        "/api/webhooks/" + id + "/secret",
        Map.of(),
        List.of(of("secret", BadInputKind.WORD), MAY_SAY_WHY)) {
      @Override
      boolean optionalBody() {
        return true;
      }
    };
  }

  private BadInputCall close() {
    BadInputKind address =
        value -> value.text() != null && value.text().matches("https?://[a-z0-9.:]+") ? 200 : 400;
    return new Fixed(
        "PUT /api/closure",
        200,
        "/api/closure",
        Map.of("id", "\"c\"", "seconds", "1"),
        List.of(
            of("id", BadInputKind.NAME).required().at("/id"),
            of("seconds", integer(1, 86_400)).required(),
            of("movedTo", address),
            MAY_SAY_WHY)) {
      @Override
      String kept(Answer answer) {
        assertThat(server.delete("/api/closure", API_KEY).status()).isEqualTo(200);
        return answer.body();
      }
    };
  }

  private static class Fixed extends BadInputCall {
    private final String path;
    private final Map<String, String> valid;
    private final List<BadInputField> fields;

    Fixed(
        String name,
        int success,
        String path,
        Map<String, String> valid,
        List<BadInputField> fields) {
      super(name, success);
      this.path = path;
      this.valid = valid;
      this.fields = fields;
    }

    @Override
    String path() {
      return path;
    }

    @Override
    String bearer() {
      return API_KEY;
    }

    @Override
    Map<String, String> valid() {
      return valid;
    }

    @Override
    List<BadInputField> fields() {
      return fields;
    }

    @Override
    String kept(Answer answer) {
      return answer.body();
    }
  }
}
