package dev.sluice.service.http.input;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.input.BadInputField.of;
import static dev.sluice.service.http.input.BadInputKind.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import java.util.List;
import java.util.Map;

final class BadInputPublicCalls {

  private static final BadInputKind TEXT = text(64 * 1024);

  private static final BadInputKind PROMPT_TEXT =
      value -> TEXT.status(value) == 200 && value.text().isBlank() ? 400 : TEXT.status(value);

  private final SluiceServer server;

  BadInputPublicCalls(SluiceServer server) {
    this.server = server;
  }

  List<BadInputCall> all() {
    return List.of(prompt(), stop(), reconnect(), submitTask(), stopTask(), promptTask());
  }

  private BadInputCall submitTask() {
    return new OfTask("submit-task") {
      @Override
      String bearer() {
        return API_KEY;
      }

      @Override
      Map<String, String> valid() {
        return Map.of("issueId", "\"i\"", "project", "\"none-of-this-name\"");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("issueId", BadInputKind.NAME).required().at("/issueId"),
            of("description", BadInputKind.OPAQUE_TEXT),
            of("workType", text()).at("/workType"),
            of("priority", BadInputKind.integer(1, 9)).at("/priority"),
            of("project", BadInputKind.NAME),
            of("sessionId", BadInputKind.IGNORED));
      }

      @Override
      String kept(Answer answer) {
        server.delete("/api/work/" + answer.text("/taskId"), API_KEY);
        return answer.body();
      }
    };
  }

  private BadInputCall stopTask() {
    return new OfTask("stop-agent") {
      @Override
      List<BadInputField> fields() {
        return List.of(
            of("taskId", BadInputKind.KNOWN_SESSION_ID).required(),
            of("reason", BadInputKind.IGNORED));
      }
    };
  }

  private BadInputCall promptTask() {
    return new OfTask("forward-prompt") {
      @Override
      Map<String, String> valid() {
        return Map.of("taskId", super.valid().get("taskId"), "message", "\"m\"");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("taskId", BadInputKind.KNOWN_SESSION_ID).required(),
            of("message", PROMPT_TEXT).required().at("/payload"),
            of("idempotencyKey", BadInputKind.NAME),
            of("workerId", BadInputKind.IGNORED));
      }

      @Override
      String kept(Answer answer) {
        return delivered(answer);
      }
    };
  }

  private BadInputCall prompt() {
    return new OfSession("prompt", false) {
      @Override
      Map<String, String> valid() {
        return Map.of("prompt", "\"p\"");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("prompt", PROMPT_TEXT).required().at("/payload"),
            of("idempotencyKey", BadInputKind.NAME),
            of("workerId", BadInputKind.IGNORED));
      }

      @Override
      String kept(Answer answer) {
        return delivered(answer);
      }
    };
  }

  private BadInputCall stop() {
    return new OfSession("stop", true) {
      @Override
      List<BadInputField> fields() {
        return List.of(of("reason", BadInputKind.IGNORED));
      }
    };
  }

  private BadInputCall reconnect() {
    return new OfSession("reconnect", true) {
      @Override
      List<BadInputField> fields() {
        return List.of(of("cursor", BadInputKind.POSITION));
      }
    };
  }

  private abstract class OfSession extends BadInputCall {
    final BadInputScene scene = new BadInputScene(server);
    private final String call;
    private final boolean optionalBody;
    String session = "";

    OfSession(String call, boolean optionalBody) {
      this("/api/public/sessions/{publicId}/", call, optionalBody);
    }

    OfSession(String family, String call, boolean optionalBody) {
      super("POST " + family + call, 200);
      this.call = call;
      this.optionalBody = optionalBody;
    }

    String session() {
      if (session.isEmpty()) {
        session = scene.claimed();
      }
      return session;
    }

    @Override
    String path() {
      return "/api/public/sessions/" + new PublicIds(null).shortForm(session()) + "/" + call;
    }

    /** The message of an accepted prompt, which it acknowledges. */
    String delivered(Answer answer) {
      JsonNode messages = scene.worker().poll().json().at("/inboxMessages/" + session());
      assertThat(messages).hasSize(1);
      assertThat(messages.at("/0/id").asText()).isEqualTo(answer.text("/promptId"));
      Answer ack =
          server.post(
              "/api/sessions/" + session() + "/inbox/ack",
              scene.worker().token(),
              "{\"messageId\":\"" + answer.text("/promptId") + "\",\"lane\":\"urgent\"}");
      assertThat(ack.status()).as(ack.body()).isEqualTo(200);
      return messages.get(0).toString();
    }

    @Override
    String bearer() {
      return API_KEY;
    }

    @Override
    Map<String, String> valid() {
      return Map.of();
    }

    @Override
    boolean optionalBody() {
      return optionalBody;
    }

    @Override
    String kept(Answer answer) {
      return "{}";
    }
  }

  private abstract class OfTask extends OfSession {
    private final String path;

    OfTask(String call) {
      super("/api/mcp/", call, false);
      this.path = "/api/mcp/" + call;
    }

    @Override
    String path() {
      return path;
    }

    @Override
    String bearer() {
      return scene.key();
    }

    @Override
    Map<String, String> valid() {
      return Map.of("taskId", '"' + session() + '"');
    }
  }
}
