package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.AgingApplication;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work for machines that attest its levels: docs/protocol.md, "Execution security". */
abstract class AttestedLevelsContract {

  private final String project = "levels-" + System.nanoTime();
  private OpsOrg org;

  protected abstract AuthEdge edge();

  @BeforeEach
  void makeKeys() {
    org = OpsOrg.of(edge(), LoginEdge.ATTESTED);
  }

  private TestWorker worker(String attested, String more) {
    String body =
        "{\"hostname\":\"h\",\"capacity\":9,\"projects\":[\"%s\"]%s%s}"
            .formatted(
                project,
                attested.isEmpty() ? "" : ",\"executionSecurityEnforcement\":" + attested,
                more);
    Answer answer = org.edge().server().post("/api/workers/register", org.token(), body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return new TestWorker(
        org.edge().server(), answer.text("/workerId"), answer.text("/runtimeToken"));
  }

  private String item(OpsOrg of, String network, String isolation, String more) {
    String body =
        """
        {"prompt":"p","projectName":"%s"%s,"executionSecurity":{"version":1,"levels":{
        "toolApproval":"human-approval-for-writes","fileRead":"host","fileWrite":"host",
        "network":"%s","credentials":"ambient-host-login","isolation":"%s"}}}"""
            .formatted(project, more, network, isolation);
    return of.done("POST", "/api/work", body).at("/sessionId").asText();
  }

  private static String reason(OpsOrg org, String id) {
    AgingApplication.age(); // the list of workers
    return org.done("GET", "/api/work/" + id, null).at("/waits/0/reason").asText();
  }

  @Test
  void newest_clients_3_work_goes_only_to_machines_that_attest_its_levels() {
    String contained = item(org, "open", "container", "");
    String walled = item(org, "none", "host-user", "");
    String plain = item(org, "open", "host-user", "");
    assertThat(TestWorker.claimed(worker("", "").poll())).containsExactly(plain);
    TestWorker sandbox = worker("{\"isolation\":\"os-sandbox\",\"network\":\"fort\"}", "");
    assertThat(TestWorker.claimed(sandbox.poll())).isEmpty();
    assertThat(reason(org, contained))
        .isEqualTo("it needs isolation container, and the best worker attests os-sandbox");
    assertThat(reason(org, walled))
        .isEqualTo("it needs network none, and the best worker attests open");

    TestWorker strong = worker("{\"isolation\":\"microvm\",\"network\":\"none\"}", "");

    assertThat(TestWorker.claimed(strong.poll())).containsExactly(contained, walled);
  }

  @Test
  void newest_clients_2_a_capability_is_no_level() {
    String contained = item(org, "open", "container", "");
    String named = "[\"sandbox\",\"isolation>=container\",\"isolation>=microvm\"]";

    assertThat(TestWorker.claimed(worker("", ",\"capabilities\":" + named).poll())).isEmpty();

    assertThat(reason(org, contained)).contains("the best worker attests host-user");
    org.done("DELETE", "/api/work/" + contained, null);
  }

  @Test
  void work_may_require_any_level_that_machines_attest() {
    String weakest = ",\"requiredCapabilities\":[\"isolation>=host-user\"]";
    String plain = item(org, "open", "host-user", weakest);
    assertThat(TestWorker.claimed(worker("", "").poll())).containsExactly(plain);
    for (String wrong : List.of("toolApproval>=bypass", "isolation>=", "isolation>=fort")) {
      JsonNode refused =
          org.refused(
              400,
              "POST",
              "/api/work",
              "{\"prompt\":\"p\",\"requiredCapabilities\":[\"" + wrong + "\"]}");
      assertThat(refused.at("/field").asText()).as(wrong).isEqualTo("requiredCapabilities");
    }
  }

  @Test
  void newest_clients_2_a_capability_that_workers_have_lost_is_named() {
    String needs = ",\"requiredCapabilities\":[\"sandbox\"]";
    String sandboxed = item(org, "open", "host-user", needs);
    worker("{\"isolation\":\"host-user\"}", ",\"capabilities\":[\"local\"]");

    assertThat(reason(org, sandboxed))
        .isEqualTo("no worker that takes project " + project + " has sandbox");
    org.done("DELETE", "/api/work/" + sandboxed, null);
  }

  @Test
  void newest_clients_2_a_capability_that_a_machine_loses_by_an_update_is_named() {
    String machine = ",\"machineId\":\"" + project + "\",\"capabilities\":[\"local\",\"workarea\"";
    worker("", machine + ",\"sandbox\"]");
    String sandboxed = item(org, "open", "host-user", ",\"requiredCapabilities\":[\"sandbox\"]");
    assertThat(reason(org, sandboxed)).startsWith("next in its project");

    TestWorker updated = worker("{\"isolation\":\"host-user\"}", machine + "]");

    assertThat(TestWorker.claimed(updated.poll())).isEmpty();
    assertThat(reason(org, sandboxed))
        .isEqualTo("no worker that takes project " + project + " has sandbox");
    TestWorker regained = worker("{\"isolation\":\"os-sandbox\"}", machine + ",\"sandbox\"]");
    assertThat(TestWorker.claimed(regained.poll())).containsExactly(sandboxed);
  }

  @Test
  void work_of_other_orgs_goes_to_any_machine_unless_it_asks_for_a_level() {
    OpsOrg other = OpsOrg.of(edge());
    TestWorker plain = other.worker(project, 9);
    String contained = item(other, "open", "container", "");
    String asks = ",\"requiredCapabilities\":[\"isolation>=container\"]";
    String asking = item(other, "open", "container", asks);

    assertThat(TestWorker.claimed(plain.poll())).containsExactly(contained);

    assertThat(reason(other, asking))
        .isEqualTo("it needs isolation container, and the best worker attests host-user");
  }
}
