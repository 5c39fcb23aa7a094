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

/** With all fields. */
final class BadInputPublicCalls {

  private static final int PROMPT = 64 * 1024;

  private final SluiceServer server;

  BadInputPublicCalls(SluiceServer server) {
    this.server = server;
  }

  List<BadInputCall> all() {
    return List.of(prompt(), stop(), reconnect());
  }

  private BadInputCall prompt() {
    return new OfSession("prompt", false) {
      @Override
      Map<String, String> valid() {
        return Map.of("prompt", "\"p\"");
      }

      @Override
      List<BadInputField> fields() {
        BadInputKind text = text(PROMPT);
        BadInputKind prompt =
            value -> text.status(value) == 200 && value.text().isBlank() ? 400 : text.status(value);
        return List.of(
            of("prompt", prompt).required().at("/payload"),
            of("idempotencyKey", BadInputKind.NAME),
            of("workerId", BadInputKind.IGNORED));
      }

      @Override
      String kept(Answer answer) {
        JsonNode messages = scene.worker().poll().json().at("/inboxMessages/" + session);
        assertThat(messages).hasSize(1);
        assertThat(messages.at("/0/id").asText()).isEqualTo(answer.text("/promptId"));
        Answer ack =
            server.post(
                "/api/sessions/" + session + "/inbox/ack",
                scene.worker().token(),
                "{\"messageId\":\"" + answer.text("/promptId") + "\",\"lane\":\"urgent\"}");
        assertThat(ack.status()).as(ack.body()).isEqualTo(200);
        return messages.get(0).toString();
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
      super("POST /api/public/sessions/{publicId}/" + call, 200);
      this.call = call;
      this.optionalBody = optionalBody;
    }

    @Override
    String path() {
      if (session.isEmpty()) {
        session = scene.claimed();
      }
      return "/api/public/sessions/" + new PublicIds(null).shortForm(session) + "/" + call;
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
}
