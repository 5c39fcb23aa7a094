package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class HostContract {

  private static final String WHY = "{\"reason\":\"new disk\"}";

  protected abstract AuthEdge edge();

  @Test
  void allWorkersOfAHostAreDrainedUntilItIsSafeToRebootAndUndrained() {
    OpsOrg org = OpsOrg.of(edge());
    TestWorker first = org.worker("studio 1/a", "p", 2);
    TestWorker second = org.worker("studio 1/a", "q", 2);
    TestWorker other = org.worker("studio 1", "p", 2);
    String session = org.waiting("p", 1).get(0);
    assertThat(TestWorker.claimed(first.poll())).containsExactly(session);

    JsonNode drained = org.done("POST", "/api/hosts/studio%201%2Fa/drain", WHY);

    assertThat(drained.at("/host").asText()).isEqualTo("studio 1/a");
    assertThat(drained.at("/workers").findValuesAsText("id"))
        .containsExactlyInAnyOrder(first.id(), second.id());
    assertThat(drained.at("/workers").findValuesAsText("state")).containsOnly("drained");
    assertThat(drained.at("/sessionsLeft").asInt()).isEqualTo(1);
    assertThat(drained.at("/safeToReboot").asBoolean()).isFalse();
    assertThat(org.audited("drain")).hasSize(2).allMatch(line -> line.contains("new disk"));
    String waiting = org.waiting("q", 1).get(0);
    assertThat(TestWorker.claimed(second.poll())).isEmpty();
    assertThat(status(org, other)).isEqualTo("active");

    first.report(session, "completed");
    JsonNode again = org.done("POST", "/api/hosts/studio%201%2Fa/drain", WHY);
    assertThat(again.at("/safeToReboot").asBoolean()).isTrue();
    assertThat(again.at("/sessionsLeft").asInt()).isZero();

    JsonNode undrained = org.done("POST", "/api/hosts/studio%201%2Fa/undrain", "");
    assertThat(undrained.at("/workers").findValuesAsText("state")).containsOnly("undrained");
    assertThat(undrained.at("/safeToReboot").asBoolean()).isFalse();
    assertThat(TestWorker.claimed(second.poll())).containsExactly(waiting);
  }

  @Test
  void anUnknownHostIsNotFound() {
    OpsOrg org = OpsOrg.of(edge());
    assertThat(org.refused(404, "POST", "/api/hosts/none/drain", WHY).at("/error").asText())
        .isEqualTo("Host not found");
    assertThat(org.refused(400, "POST", "/api/hosts/a%01/drain", WHY).at("/field").asText())
        .isEqualTo("host");
  }

  @Test
  void aKeyOfSomeProjectsDrainsNoHostThatAlsoServesOthers() {
    OpsOrg org = OpsOrg.of(edge());
    TestWorker mine = org.worker("shared", "mine", 1);
    org.worker("own", "mine", 1);
    org.worker("shared", "other", 1);
    String key =
        org.done(
                "POST",
                "/api/keys",
                "{\"name\":\"n\",\"type\":\"user\",\"scopes\":[\"fleet:write\"],\"projects\":[\"mine\"]}")
            .at("/secret")
            .asText();

    assertThat(edge().call("POST", "/api/hosts/shared/drain", key, WHY).status()).isEqualTo(403);
    assertThat(status(org, mine)).isEqualTo("active");
    assertThat(org.done(key, "POST", "/api/hosts/own/drain", WHY).at("/workers")).hasSize(1);
  }

  @Test
  void anotherOrgsHostOfTheSameNameStays() {
    OpsOrg org = OpsOrg.of(edge());
    OpsOrg other = OpsOrg.of(edge());
    org.worker("same", "p", 1);
    TestWorker theirs = other.worker("same", "p", 1);

    assertThat(org.done("POST", "/api/hosts/same/drain", WHY).at("/workers")).hasSize(1);

    assertThat(List.of(status(other, theirs))).containsExactly("active");
  }

  private static String status(OpsOrg org, TestWorker worker) {
    return org.done("GET", "/api/workers/" + worker.id(), null).at("/status").asText();
  }
}
