package dev.sluice.service.http.input;

import static dev.sluice.service.http.input.BadInputField.of;
import static dev.sluice.service.http.input.BadInputKind.largeText;
import static dev.sluice.service.http.input.BadInputKind.text;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class BadInputActivityCalls {

  private static final int KEPT = 64 * 1024;

  private final SluiceServer server;

  BadInputActivityCalls(SluiceServer server) {
    this.server = server;
  }

  List<BadInputCall> all() {
    return List.of(
        progress(), nested(), flat(), completion(), toolError(), externalUrls(), securityScan());
  }

  private BadInputCall progress() {
    return new BadInputOwnerCall(server, "progress") {
      @Override
      Map<String, String> valid() {
        return Map.of("message", "\"m\"");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("workerId", BadInputKind.OWN_WORKER_ID),
            of("message", largeText(BadInputKind.FILLED, KEPT)).required(),
            of("milestone", BadInputKind.NAME).at("/milestone"),
            of("at", BadInputKind.IGNORED));
      }

      @Override
      String kept(Answer answer) {
        return answer.body();
      }
    };
  }

  private BadInputCall nested() {
    return new BadInputOwnerCall(server, "activity") {
      @Override
      Map<String, String> valid() {
        return Map.of("activity", "{\"type\":\"thought\",\"content\":\"c\"}");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("workerId", BadInputKind.OWN_WORKER_ID),
            of("activity", BadInputKind.WORD).required(),
            of("content", BadInputKind.IGNORED));
      }
    };
  }

  private BadInputCall flat() {
    return new BadInputOwnerCall(server, "activity") {
      @Override
      Map<String, String> valid() {
        return Map.of("type", "\"action\"", "content", "\"c\"");
      }

      @Override
      List<BadInputField> fields() {
        BadInputKind any = largeText(BadInputKind.ANY, KEPT);
        BadInputKind text = largeText(text(), KEPT);
        return List.of(
            of("workerId", BadInputKind.OWN_WORKER_ID),
            of("type", BadInputKind.WORD).required(),
            of("content", largeText(BadInputKind.FILLED, KEPT)).required(),
            of("toolName", BadInputKind.NAME).at("/lastToolName"),
            of("toolInput", any),
            of("toolCategory", text),
            of("toolOutput", any),
            of("toolUseId", text),
            of("isError", BadInputKind.BOOLEAN),
            of("durationMs", BadInputKind.QUANTITY),
            of("providerName", text),
            of("timestamp", any),
            of("contextKey", text),
            of("contextValue", any),
            of("metadata", largeText(BadInputKind.OBJECT, KEPT)),
            of("subagent", BadInputKind.IGNORED));
      }

      @Override
      Set<String> otherNames() {
        return Set.of("activity"); // where type or content is missing
      }

      @Override
      String kept(Answer answer) {
        return status(this);
      }
    };
  }

  private BadInputCall completion() {
    return new BadInputOwnerCall(server, "completion") {
      @Override
      Map<String, String> valid() {
        return Map.of("summary", "\"s\"");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("workerId", BadInputKind.OWN_WORKER_ID),
            of("summary", largeText(BadInputKind.FILLED, KEPT)).required().bytes(),
            of("planItems", BadInputKind.OBJECTS),
            of("parts", BadInputKind.IGNORED));
      }

      @Override
      String kept(Answer answer) {
        return status(this);
      }
    };
  }

  private BadInputCall toolError() {
    return new BadInputOwnerCall(server, "tool-error") {
      @Override
      Map<String, String> valid() {
        return Map.of("toolName", "\"t\"", "errorMessage", "\"e\"");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("workerId", BadInputKind.OWN_WORKER_ID),
            of("toolName", BadInputKind.NAME).required(),
            of("errorMessage", largeText(BadInputKind.FILLED, KEPT)).required(),
            of("context", largeText(BadInputKind.OBJECT, KEPT)));
      }
    };
  }

  private BadInputCall externalUrls() {
    return new BadInputOwnerCall(server, "external-urls") {
      @Override
      Map<String, String> valid() {
        return Map.of("externalUrls", "[{\"label\":\"PR\",\"url\":\"https://git.example/1\"}]");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("workerId", BadInputKind.OWN_WORKER_ID),
            of("externalUrls", BadInputKind.OBJECTS).required().bytes(),
            of("workspaceId", largeText(text(), KEPT)));
      }

      @Override
      String kept(Answer answer) {
        return status(this);
      }
    };
  }

  private BadInputCall securityScan() {
    return new BadInputOwnerCall(server, "security-scan") {
      @Override
      Map<String, String> valid() {
        return Map.of("event", "{\"scanner\":\"s\"}");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("workerId", BadInputKind.OWN_WORKER_ID),
            of("event", largeText(BadInputKind.OBJECT, KEPT)).required());
      }
    };
  }

  private String status(BadInputOwnerCall call) {
    return server.get("/api/sessions/" + call.session() + "/status", call.bearer()).body();
  }
}
