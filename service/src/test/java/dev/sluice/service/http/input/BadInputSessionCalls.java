package dev.sluice.service.http.input;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.input.BadInputField.of;
import static dev.sluice.service.http.input.BadInputKind.integer;
import static dev.sluice.service.http.input.BadInputKind.largeText;
import static dev.sluice.service.http.input.BadInputKind.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import java.util.List;
import java.util.Map;

/** With all fields. */
final class BadInputSessionCalls {

  private static final int PAYLOAD = 64 * 1024;
  private static final int REPORTED = 256 * 1024;

  private final SluiceServer server;

  BadInputSessionCalls(SluiceServer server) {
    this.server = server;
  }

  List<BadInputCall> all() {
    return List.of(
        status(), send(), ack(), nack(), stop(), claim(), refresh(), stepHeartbeat(), transfer());
  }

  private BadInputCall status() {
    return new BadInputSessionCall(server, "status", 200) {
      @Override
      String bearer() {
        return scene.worker().token();
      }

      @Override
      Map<String, String> valid() {
        return Map.of("status", "\"completed\"");
      }

      @Override
      List<BadInputField> fields() {
        BadInputKind text = largeText(text(), REPORTED);
        return List.of(
            of("workerId", BadInputKind.OWN_WORKER_ID),
            of("status", BadInputKind.WORD).required(),
            of("providerSessionId", text).bytes(),
            of("worktreePath", text).bytes(),
            of("provider", text).bytes(),
            of("reason", text).bytes(),
            of("summary", text).bytes(),
            of("attempt", BadInputKind.NAME_OR_EMPTY).bytes(),
            of("error", largeText(BadInputKind.ANY, REPORTED)).bytes(),
            of("totalCostUsd", BadInputKind.AMOUNT).bytes(),
            of("inputTokens", integer(0, Long.MAX_VALUE)).bytes(),
            of("outputTokens", integer(0, Long.MAX_VALUE)).bytes(),
            of("terminalWorkareaLease", largeText(BadInputKind.OBJECT, REPORTED)).bytes(),
            of("failureMode", BadInputKind.IGNORED),
            of("executionSecurityRefusal", BadInputKind.IGNORED),
            of("revision", BadInputKind.IGNORED));
      }

      @Override
      String kept(Answer answer) {
        String kept = server.get("/api/work/" + session(), API_KEY).body();
        usedUp();
        return kept;
      }
    };
  }

  private BadInputCall send() {
    return new BadInputSessionCall(server, "inbox", 202) {
      @Override
      String bearer() {
        return API_KEY;
      }

      @Override
      Map<String, String> valid() {
        return Map.of("type", "\"directive\"", "payload", "\"p\"");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("type", BadInputKind.WORD).required(),
            of("payload", text(PAYLOAD)).required().at("/payload"),
            of("lane", BadInputKind.WORD),
            of("userId", BadInputKind.NAME).at("/userId"),
            of("userName", BadInputKind.NAME).at("/userName"),
            of("reason", BadInputKind.REASON),
            of("createdAt", BadInputKind.IGNORED));
      }

      @Override
      String kept(Answer answer) {
        JsonNode message = offered();
        assertThat(message.at("/id")).isEqualTo(answer.json().at("/id"));
        Answer ack =
            server.post(
                "/api/sessions/" + session() + "/inbox/ack",
                scene.worker().token(),
                "{\"messageId\":\"" + answer.text("/id") + "\",\"lane\":\"urgent\"}");
        assertThat(ack.status()).as(ack.body()).isEqualTo(200);
        return message.toString();
      }
    };
  }

  private BadInputCall ack() {
    return new BadInputSessionCall(server, "inbox/ack", 200) {
      @Override
      String bearer() {
        return scene.worker().token();
      }

      @Override
      Map<String, String> valid() {
        return Map.of("messageId", "\"m\"", "lane", "\"urgent\"");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("messageId", BadInputKind.NAME).required(),
            of("lane", BadInputKind.WORD).required(),
            of("workerId", BadInputKind.OWN_WORKER_ID));
      }

      @Override
      String kept(Answer answer) {
        return "{}";
      }
    };
  }

  private BadInputCall nack() {
    return new BadInputSessionCall(server, "nack", 200) {
      @Override
      String bearer() {
        return scene.worker().token();
      }

      @Override
      Map<String, String> valid() {
        return Map.of("work", "{\"sessionId\":\"s\"}");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("workerId", BadInputKind.OWN_WORKER_ID),
            of("reason", text()),
            of("work", BadInputKind.IGNORED));
      }

      @Override
      int mostBytes() {
        return 16 * 1024 * 1024;
      }

      @Override
      String kept(Answer answer) {
        scene.end(session()); // a worker may have 64 nacks standing, no more
        server.post(
            "/api/workers/" + scene.worker().id() + "/undrain", API_KEY, "{}"); // ten in a row
        usedUp();
        return "{}";
      }
    };
  }

  private BadInputCall stop() {
    return new BadInputSessionCall(server, "stop", 200) {
      @Override
      String bearer() {
        return API_KEY;
      }

      @Override
      Map<String, String> valid() {
        return Map.of();
      }

      @Override
      List<BadInputField> fields() {
        return List.of(of("reason", BadInputKind.REASON).at("/payload"));
      }

      @Override
      boolean optionalBody() {
        return true;
      }

      @Override
      String kept(Answer answer) {
        String message = offered().toString();
        scene.end(session());
        usedUp();
        return message;
      }
    };
  }

  private BadInputCall claim() {
    return new BadInputOwnerCall(server, "claim") {
      @Override
      List<BadInputField> fields() {
        return List.of(
            of("workerId", BadInputKind.OWN_WORKER_ID), of("reason", BadInputKind.IGNORED));
      }
    };
  }

  private BadInputCall refresh() {
    return new BadInputOwnerCall(server, "lock-refresh") {
      @Override
      List<BadInputField> fields() {
        return List.of(
            of("workerId", BadInputKind.OWN_WORKER_ID),
            of("issueId", BadInputKind.IGNORED),
            of("ackedInject", text()),
            of("deadLetteredInjects", BadInputKind.MESSAGE_IDS));
      }

      @Override
      boolean optionalBody() {
        return true;
      }
    };
  }

  private BadInputCall stepHeartbeat() {
    return new BadInputOwnerCall(server, "step-heartbeat") {
      @Override
      List<BadInputField> fields() {
        return List.of(
            of("workerId", BadInputKind.OWN_WORKER_ID), of("emittedAt", BadInputKind.IGNORED));
      }

      @Override
      boolean optionalBody() {
        return true;
      }
    };
  }

  private BadInputCall transfer() {
    return new BadInputOwnerCall(server, "transfer-ownership") {
      @Override
      Map<String, String> valid() {
        String own = "\"" + scene.worker().id() + "\"";
        return Map.of("newWorkerId", own, "oldWorkerId", own);
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("oldWorkerId", BadInputKind.NAME).required(), of("workerId", BadInputKind.IGNORED));
      }
    };
  }
}
