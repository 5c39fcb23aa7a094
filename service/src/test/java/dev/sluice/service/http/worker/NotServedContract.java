package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Unserved calls of known clients are 404, as clients repeat 5xx, and say what they are. */
public abstract class NotServedContract {

  protected abstract SluiceServer server();

  @TestFactory
  Stream<DynamicTest> callsOfClientsThatAreNotServedAre404() {
    return Stream.of(
            "POST /api/sessions/s/files/reserve",
            "POST /api/sessions/s/files/release",
            "POST /api/sessions/s/files/release-all",
            "GET /api/sessions/s/files/check-conflicts",
            "POST /api/sessions/s/files/check-conflicts",
            "GET /api/sessions/s/recovery-packet",
            "POST /api/sessions/s/recovery-packet",
            "GET /api/sessions/s/recovery-packets",
            "GET /api/sessions/s/recovery-chain",
            "GET /api/daemon/mutations",
            "POST /api/daemon/mutations",
            "POST /api/daemon/mutations/m/cancel",
            "POST /api/daemon/credentials/snapshot",
            "GET /api/daemon/credentials/rotate-stream",
            "GET /api/public/phase-metrics",
            "GET /api/public/routing-metrics",
            "GET /api/public/workarea-pool",
            "GET /api/public/sandbox-providers",
            "GET /api/public/audit-chain",
            "GET /api/public/sessions/0123456789abcdef/kit-detections",
            "GET /api/public/sessions/0123456789abcdef/kit-contributions",
            "GET /api/public/sessions/0123456789abcdef/audit-chain",
            "POST /api/daemon/sessions/s/execution-events",
            "POST /api/daemon/sessions/s/execution-preflight-registration",
            "POST /api/daemon/traces",
            "POST /api/mcp/ses_1",
            "GET /api/mcp/ses_1/events",
            "GET /api/agents",
            "GET /api/agents/a",
            "GET /api/cli/login")
        .map(call -> dynamicTest(call, () -> notServed(call)));
  }

  private void notServed(String call) {
    String method = call.substring(0, call.indexOf(' '));
    String path = call.substring(call.indexOf(' ') + 1);
    for (String bearer : new String[] {API_KEY, null}) {
      Answer answer =
          server().call(method, path, bearer, method.equals("POST") ? "{}" : null, Map.of());
      assertThat(answer.status()).as(answer.body()).isEqualTo(404);
      assertThat(StrictJson.read(answer).at("/error").asText())
          .isEqualTo(call + " is not served by this version of Sluice");
      assertThat(answer.headers().firstValue("Allow")).isEmpty();
    }
  }
}
