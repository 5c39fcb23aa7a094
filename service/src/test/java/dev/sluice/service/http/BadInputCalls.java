package dev.sluice.service.http;

import static dev.sluice.service.http.BadInputField.of;
import static dev.sluice.service.http.BadInputKind.integer;
import static dev.sluice.service.http.BadInputKind.largeText;
import static dev.sluice.service.http.BadInputKind.names;
import static dev.sluice.service.http.BadInputKind.text;
import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The calls that have a body, with all fields of each. */
final class BadInputCalls {

  private static final int PAYLOAD = 64 * 1024;
  private static final int REPORTED = 256 * 1024;
  private static final int DETAILS = 60_000; // of 64 KiB, the rest of them aside

  private final SluiceServer server;

  BadInputCalls(SluiceServer server) {
    this.server = server;
  }

  List<BadInputCall> all() {
    return List.of(
        register(),
        heartbeat(),
        refresh(),
        status(),
        send(),
        ack(),
        nack(),
        stop(),
        work(),
        bulk());
  }

  private BadInputCall register() {
    BadInputKind detail = largeText(BadInputKind.ANY, DETAILS);
    return new BadInputCall("POST /api/workers/register", 201) {
      @Override
      String path() {
        return "/api/workers/register";
      }

      @Override
      String bearer() {
        return REGISTRATION_TOKEN;
      }

      @Override
      Map<String, String> valid() {
        return Map.of("hostname", "\"h\"", "capacity", "2");
      }

      @Override
      List<BadInputField> fields() {
        BadInputKind capacity = integer(1, 100_000);
        BadInputKind label = largeText(BadInputKind.OPAQUE_TEXT, DETAILS);
        return List.of(
            of("hostname", BadInputKind.NAME).required().at("/hostname"),
            of("capacity", capacity).at("/capacity"),
            of("maxAgents", capacity).at("/capacity").instead("capacity"),
            of("max_agents", capacity).at("/capacity").instead("capacity"),
            of("maxSessions", capacity).at("/capacity").instead("capacity"),
            of("projects", names(1_000)).at("/projects"),
            of("projectIds", names(1_000)).at("/projects"),
            of("capabilities", names(1_000)).at("/capabilities"),
            of("version", label).bytes(),
            of("machineId", label),
            of("region", label),
            of("status", text()),
            of("pid", detail),
            of("hostInfo", detail),
            of("provides", detail),
            of("capabilities_typed", detail),
            of("daemonProjects", detail),
            of("projectAdmissionVersion", detail),
            of("projectAdmissionMode", detail),
            of("activeCount", BadInputKind.IGNORED),
            of("sessionShim", BadInputKind.IGNORED));
      }

      @Override
      Set<String> otherNames() {
        return Set.of("registration");
      }

      @Override
      String kept(Answer answer) {
        String worker = "/api/workers/" + answer.text("/workerId");
        String kept = server.get(worker, answer.text("/runtimeToken")).body();
        assertThat(server.delete(worker, answer.text("/runtimeToken")).status()).isEqualTo(200);
        return kept;
      }
    };
  }

  private BadInputCall heartbeat() {
    TestWorker worker = new BadInputScene(server).worker();
    return new BadInputCall("POST /api/workers/{id}/heartbeat", 200) {
      @Override
      String path() {
        return "/api/workers/" + worker.id() + "/heartbeat";
      }

      @Override
      String bearer() {
        return worker.token();
      }

      @Override
      Map<String, String> valid() {
        return Map.of("activeCount", "1");
      }

      @Override
      List<BadInputField> fields() {
        BadInputKind count = integer(0, Integer.MAX_VALUE);
        return List.of(
            of("activeCount", count).required().at("/activeCount"),
            of("activeSessions", count).required().at("/activeCount").instead("activeCount"),
            of("active_agent_count", count).required().at("/activeCount").instead("activeCount"),
            of("activeAgentCount", count).required().at("/activeCount").instead("activeCount"),
            of("maxSessions", integer(0, 100_000)),
            of("status", text()),
            of("load", BadInputKind.IGNORED),
            of("appliedMutations", BadInputKind.IGNORED));
      }

      @Override
      Set<String> otherNames() {
        return Set.of("activeCount"); // when no spelling is there at all
      }

      @Override
      String kept(Answer answer) {
        return server.get("/api/workers/" + worker.id(), worker.token()).body();
      }
    };
  }

  private BadInputCall refresh() {
    TestWorker worker = new BadInputScene(server).worker();
    return new BadInputCall("POST /api/workers/{id}/refresh-token", 200) {
      @Override
      String path() {
        return "/api/workers/" + worker.id() + "/refresh-token";
      }

      @Override
      String bearer() {
        return REGISTRATION_TOKEN;
      }

      @Override
      Map<String, String> valid() {
        return Map.of();
      }

      @Override
      List<BadInputField> fields() {
        return List.of(of("hostname", BadInputKind.IGNORED));
      }

      @Override
      boolean optionalBody() {
        return true;
      }

      @Override
      String kept(Answer answer) {
        return "{}";
      }
    };
  }

  private BadInputCall status() {
    return new OfSession("status", 200) {
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
            of("attempt", text).bytes(),
            of("error", largeText(BadInputKind.ANY, REPORTED)).bytes(),
            of("totalCostUsd", BadInputKind.AMOUNT).bytes(),
            of("inputTokens", integer(0, Long.MAX_VALUE)).bytes(),
            of("outputTokens", integer(0, Long.MAX_VALUE)).bytes(),
            of("terminalWorkareaLease", largeText(BadInputKind.OBJECT, REPORTED)).bytes(),
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
    return new OfSession("inbox", 202) {
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
    return new OfSession("inbox/ack", 200) {
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
    return new OfSession("nack", 200) {
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
      String kept(Answer answer) {
        scene.end(session()); // a worker may have 64 nacks standing, no more
        usedUp();
        return "{}";
      }
    };
  }

  private BadInputCall stop() {
    return new OfSession("stop", 200) {
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
        return List.of(of("reason", text(PAYLOAD)).at("/payload"));
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

  private BadInputCall work() {
    return new Enqueue(server);
  }

  private BadInputCall bulk() {
    return new BadInputCall("POST /api/work, bulk", 200) {
      @Override
      String path() {
        return "/api/work";
      }

      @Override
      String bearer() {
        return API_KEY;
      }

      @Override
      Map<String, String> valid() {
        return Map.of("items", "[{}]");
      }

      @Override
      List<BadInputField> fields() {
        // What an array holds is refused each by itself, none of it here being an item.
        return List.of(
            of("items", items -> oneToThousand(items) ? 200 : 400).required(),
            of("prompt", BadInputKind.IGNORED));
      }

      @Override
      int mostBytes() {
        return 8 * 1024 * 1024;
      }

      @Override
      Set<String> otherNames() {
        return Set.of("prompt"); // without items it is one item
      }

      @Override
      String kept(Answer answer) {
        assertThat(answer.json().at("/results")).isNotEmpty();
        answer
            .json()
            .at("/results")
            .forEach(result -> assertThat(result.at("/status").asInt()).isEqualTo(400));
        return "{}";
      }

      private boolean oneToThousand(BadInputValue items) {
        return items.isArray()
            && (items.parsed() == null
                || items.parsed().size() >= 1 && items.parsed().size() <= 1_000);
      }
    };
  }

  /** A call about a session that a worker holds. */
  private abstract class OfSession extends BadInputCall {
    final BadInputScene scene = new BadInputScene(server);
    private final String call;
    private String session = "";

    OfSession(String call, int success) {
      super("POST /api/sessions/{id}/" + call, success);
      this.call = call;
    }

    @Override
    String path() {
      return "/api/sessions/" + session() + "/" + call;
    }

    String session() {
      if (session.isEmpty()) {
        session = scene.claimed();
      }
      return session;
    }

    void usedUp() {
      session = "";
    }

    /** The only message that waits for the session. */
    JsonNode offered() {
      JsonNode messages = scene.worker().poll().json().at("/inboxMessages/" + session);
      assertThat(messages).hasSize(1);
      return messages.get(0);
    }
  }

  /** One item; what was taken comes back from the poll of a worker that takes everything. */
  private static final class Enqueue extends BadInputCall {
    private final SluiceServer server;
    private final TestWorker worker;

    Enqueue(SluiceServer server) {
      super("POST /api/work", 201);
      this.server = server;
      this.worker =
          server.register("{\"hostname\":\"h\",\"capacity\":100000,\"capabilities\":[\"a\"]}");
    }

    @Override
    String path() {
      return "/api/work";
    }

    @Override
    String bearer() {
      return API_KEY;
    }

    @Override
    Map<String, String> valid() {
      return Map.of("prompt", "\"p\"");
    }

    @Override
    int mostBytes() {
      return 8 * 1024 * 1024;
    }

    @Override
    List<BadInputField> fields() {
      long today = System.currentTimeMillis();
      Function<String, BadInputField> text = name -> of(name, BadInputKind.OPAQUE_TEXT).bytes();
      return List.of(
          of("sessionId", BadInputKind.SESSION_ID).notNull().bytes(),
          of("issueId", BadInputKind.NAME).notNull().bytes(),
          of("issueIdentifier", BadInputKind.NAME).notNull().bytes(),
          of("priority", integer(1, 9)).notNull().bytes(),
          of("queuedAt", integer(0, today)).notNull().bytes(),
          of("prompt", BadInputKind.OPAQUE_TEXT).required().bytes(),
          of("workType", text()).bytes(),
          of("projectName", BadInputKind.NAME).bytes(),
          of("projectId", BadInputKind.NAME).bytes(),
          of("requiredCapabilities", names(16)).bytes(),
          text.apply("providerSessionId"),
          text.apply("sourceSessionId"),
          text.apply("repository"),
          text.apply("model"),
          text.apply("subAgentModel"),
          text.apply("promptContext"),
          text.apply("linearSessionId"),
          text.apply("trackerSessionId"),
          of("kits", BadInputKind.OBJECT).bytes(),
          of("tenantEnvelope", BadInputKind.OBJECT).bytes(),
          of("env", BadInputKind.TEXTS).bytes(),
          of("resources", BadInputKind.RESOURCES).bytes(),
          of("maxDurationSeconds", integer(0, Long.MAX_VALUE)).bytes(),
          of("MaxDurationSeconds", integer(0, Long.MAX_VALUE)).bytes(),
          of("SESSIONID", BadInputKind.WORD).notNull(),
          of("opaque", BadInputKind.ANY).bytes(),
          of("__proto__", BadInputKind.ANY).bytes());
    }

    @Override
    String kept(Answer answer) {
      String id = answer.text("/sessionId");
      Answer poll = worker.poll();
      while (!TestWorker.claimed(poll).contains(id)) {
        assertThat(TestWorker.claimed(poll)).as("%s is lost", id).isNotEmpty();
        poll = worker.poll();
      }
      Answer end = worker.report(BadInputScene.encoded(id), "completed");
      assertThat(end.status()).as("%s can't be named in a path: %s", id, end).isEqualTo(200);
      return poll.body();
    }
  }
}
