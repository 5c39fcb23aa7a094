package dev.sluice.service.http.input;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static dev.sluice.service.http.input.BadInputField.of;
import static dev.sluice.service.http.input.BadInputKind.integer;
import static dev.sluice.service.http.input.BadInputKind.largeText;
import static dev.sluice.service.http.input.BadInputKind.names;
import static dev.sluice.service.http.input.BadInputKind.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthApplication;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class BadInputCalls {

  private static final int DETAILS = 60_000; // of 64 KiB, the rest of them aside

  private final SluiceServer server;

  BadInputCalls(SluiceServer server) {
    this.server = server;
  }

  List<BadInputCall> all() {
    List<BadInputCall> all =
        new ArrayList<>(
            List.of(
                register(),
                onboard(),
                daemonHeartbeat(),
                heartbeat(),
                refresh(),
                work(),
                bulk(),
                new BadInputWorkBatch(server),
                stopMany()));
    all.addAll(new BadInputSessionCalls(server).all());
    all.addAll(new BadInputActivityCalls(server).all());
    all.addAll(BadInputBatch.all(server));
    all.addAll(new BadInputPublicCalls(server).all());
    all.addAll(new BadInputOpsCalls(server).all());
    all.addAll(BadInputRow.all(server));
    return all;
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
            of("machineId", BadInputKind.NAME_OR_EMPTY),
            of("region", label),
            of("status", text()),
            of("pid", detail),
            of("hostInfo", detail),
            of("provides", detail),
            of("capabilities_typed", detail),
            of("daemonProjects", BadInputKind.UP_TO_1000_OBJECTS),
            of("projectAdmissionVersion", detail),
            of("projectAdmissionMode", detail),
            of("sessions", BadInputKind.SESSIONS),
            of("executionSecurityEnforcement", BadInputKind.IGNORED),
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

  /** A registration with a user key, which must name a project. */
  private BadInputCall onboard() {
    return new BadInputCall("POST /api/workers/register by a user", 201) {
      @Override
      String path() {
        return "/api/workers/register";
      }

      @Override
      String bearer() {
        return API_KEY;
      }

      @Override
      Map<String, String> valid() {
        return Map.of("hostname", "\"h\"", "projectId", "\"p\"");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("hostname", BadInputKind.NAME).required().at("/hostname"),
            of("projectId", BadInputKind.NAME).required().at("/projects/0"));
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
            of("projectAdmissionMode", text()),
            of("enabledProjectIds", names(1_000)),
            of("allowlist", BadInputKind.UP_TO_1000_OBJECTS),
            of("quarantinedSessions", BadInputKind.ARRAY_OR_COUNT),
            of("sessions", BadInputKind.SESSIONS),
            of("held_sessions", BadInputKind.SESSIONS),
            of("activeSessionIds", BadInputKind.SESSIONS),
            of("quota", BadInputKind.IGNORED),
            of("load", BadInputKind.IGNORED),
            of("appliedMutations", BadInputKind.IGNORED),
            of("mutationFailures", BadInputKind.IGNORED));
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

  private BadInputCall daemonHeartbeat() {
    TestWorker worker = new BadInputScene(server).worker();
    return new BadInputCall("POST /v1/daemon/heartbeat", 200) {
      @Override
      String path() {
        return "/v1/daemon/heartbeat";
      }

      @Override
      String bearer() {
        return worker.token();
      }

      @Override
      Map<String, String> valid() {
        return Map.of("activeSessions", "1");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("workerId", BadInputKind.OWN_WORKER_ID),
            of("activeSessions", integer(0, Integer.MAX_VALUE)).required(),
            of("maxSessions", integer(0, 100_000)),
            of("status", text()),
            of("quota", BadInputKind.IGNORED),
            of("sentAt", BadInputKind.IGNORED));
      }

      @Override
      Set<String> otherNames() {
        return Set.of("activeCount"); // when no spelling is there at all
      }

      @Override
      String kept(Answer answer) {
        return "{}";
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

  private BadInputCall work() {
    return new BadInputEnqueue(server);
  }

  /** In its own org: without a project it stops everything there. */
  private BadInputCall stopMany() {
    String key = Secrets.random("rsk_live_");
    String org = "stops-" + System.nanoTime();
    Set<Scope> scopes = Set.of(Scope.FLEET_WRITE, Scope.FLEET_READ);
    AuthApplication.backend(server)
        .credentials()
        .addKey(
            Secrets.sha256(key), new Key("key_" + org, org, Key.Type.USER, "", scopes, List.of()));
    return new BadInputCall("POST /api/stops", 202) {
      @Override
      String path() {
        return "/api/stops";
      }

      @Override
      String bearer() {
        return key;
      }

      @Override
      Map<String, String> valid() {
        return Map.of("project", "\"none-of-this-name\"");
      }

      @Override
      List<BadInputField> fields() {
        return List.of(
            of("project", BadInputKind.NAME).at("/project"),
            of("reason", BadInputKind.REASON).at("/reason"),
            of("pause", BadInputKind.BOOLEAN));
      }

      @Override
      boolean optionalBody() {
        return true;
      }

      @Override
      String kept(Answer answer) {
        return server.get("/api/stops/" + answer.text("/id"), key).body();
      }
    };
  }

  private static BadInputCall bulk() {
    return new BadInputBulk("/api/work", "items", "prompt");
  }
}
