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

/** Unserved calls of the protocol are 501, to tell them from typos. */
public abstract class NotServedContract {

  protected abstract SluiceServer server();

  @TestFactory
  Stream<DynamicTest> callsOfTheProtocolThatAreNotServedAre501() {
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
            "POST /api/mcp/submit-task",
            "GET /api/mcp/cost-report",
            "GET /api/cli/whoami")
        .map(call -> dynamicTest(call, () -> notServed(call)));
  }

  private void notServed(String call) {
    String method = call.substring(0, call.indexOf(' '));
    String path = call.substring(call.indexOf(' ') + 1);
    for (String bearer : new String[] {API_KEY, null}) {
      Answer answer =
          server().call(method, path, bearer, method.equals("POST") ? "{}" : null, Map.of());
      assertThat(answer.status()).as(answer.body()).isEqualTo(501);
      assertThat(StrictJson.read(answer).at("/error").asText())
          .isEqualTo(call + " is not served by this version of Sluice");
      assertThat(answer.headers().firstValue("Allow")).isEmpty();
    }
  }
}
