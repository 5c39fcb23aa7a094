package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Page;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.webhooks.StoredWebhook;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthApplication;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.TestWorker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An org with something of everything, under names unknown to other orgs. */
final class CrossOrgScene {

  private final QueueBackend backend;
  private final OpsOrg org;
  private final String tag = "cross-" + System.nanoTime();
  private final Map<String, String> ids = new LinkedHashMap<>();
  private final Map<String, String> nobodys = new LinkedHashMap<>();

  CrossOrgScene(AuthEdge edge) {
    backend = AuthApplication.backend(edge.server());
    org = OpsOrg.of(edge);
    put("project", tag + "-project");
    put("host", tag + "-host");
    put("machine", tag + "-machine");
    put("dead", org.dead(tag + "-dead", 1).get(0));
    put("session", tag + "-session");
    put("waiting", tag + "-waiting");
    put("fresh", ids.get("waiting"));
    put("job", tag + "-job");
    org.enqueue(ids.get("project"), ids.get("session"));
    Answer registered =
        edge.server()
            .post(
                "/api/workers/register",
                org.token(),
                "{\"hostname\":\""
                    + ids.get("host")
                    + "\",\"machineId\":\""
                    + ids.get("machine")
                    + "\",\"projects\":[\""
                    + ids.get("project")
                    + "\"]}");
    TestWorker worker =
        new TestWorker(
            edge.server(), registered.text("/workerId"), registered.text("/runtimeToken"));
    put("worker", worker.id());
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(ids.get("session"));
    worker.report(ids.get("session"), "running");
    org.enqueue(ids.get("project"), ids.get("waiting"));
    put(
        "message",
        org.done(
                "POST",
                "/api/sessions/" + ids.get("session") + "/inbox",
                "{\"type\":\"directive\",\"payload\":\"p\"}")
            .at("/id")
            .asText());
    org.done(
        "POST",
        "/api/batch-work",
        "{\"batchJobId\":\"" + ids.get("job") + "\",\"workType\":\"none\"}");
    put(
        "batch",
        org.done(
                "POST",
                "/api/batches",
                "{\"items\":[{\"prompt\":\"p\",\"projectName\":\"" + ids.get("project") + "\"}]}")
            .at("/batchId")
            .asText());
    put("stop", org.done("POST", "/api/stops", "{\"project\":\"none\"}").at("/id").asText());
    SeenFinding seen = new SeenFinding("no-worker", tag, ids.get("project"), "no worker takes it");
    backend.findings().observe(org.name(), List.of(seen), Duration.ofHours(1).toMillis(), false);
    put("finding", seen.key());
    Answer made =
        edge.server()
            .post(
                "/api/webhooks",
                org.key(),
                "{\"url\":\"https://hooks.invalid/a\",\"types\":[\"queue.paused\"]}");
    put("webhook", made.text("/id"));
    put("event", "98765431");
    nobodys.put("event", "98765432");
    put("publicId", new PublicIds(null).shortForm(ids.get("session")));
    nobodys.put("publicId", new PublicIds(null).shortForm("nobodys"));
    put("key", "key_" + Secrets.sha256(org.key()).substring(0, 8));
  }

  private void put(String name, String id) {
    ids.put(name, id);
    nobodys.put(name, "nobodys-" + name);
  }

  String tag() {
    return tag;
  }

  /** Replaces names by ids of this org, or by unknown ones. */
  String filled(String text, boolean theirs) {
    String filled = text;
    for (Map.Entry<String, String> id : (theirs ? ids : nobodys).entrySet()) {
      filled = filled.replace("{" + id.getKey() + "}", id.getValue());
    }
    return filled;
  }

  String masked(String body) {
    String masked = body;
    for (Map<String, String> each : List.of(ids, nobodys)) {
      for (String id : each.values()) {
        masked = masked.replace(id, "ID");
      }
    }
    return masked
        .replaceAll("whsec_[\\w+/=]+", "ID")
        .replaceAll("(wkr_|wh_|key_|stp_|ses_|wb_|rsk_live_|eyJ)[\\w.-]+", "ID")
        .replaceAll("\\d{10,}(-\\d+)?", "TIME")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME");
  }

  String stored() {
    String name = org.name();
    StringBuilder all = new StringBuilder();
    for (String id : List.of(ids.get("session"), ids.get("waiting"), ids.get("dead"))) {
      all.append(backend.sessions().find(name, id))
          .append(backend.sessions().timeline(name, id))
          .append(backend.sessions().activities(name, id, 0, Page.MAX))
          .append(backend.inboxes().list(name, id))
          .append('\n');
    }
    Stream.of(Place.CLAIMED, Place.ENDED, Place.DEAD)
        .map(place -> backend.sessions().list(name, place, null, Page.MAX).items().size())
        .forEach(all::append);
    return all.append(backend.workers().find(new WorkerRef(name, ids.get("worker"), null)))
        .append(backend.workers().list(name, null, Page.MAX).items().size())
        .append(backend.queues().list(name, null, Page.MAX))
        .append(backend.findings().list(name))
        .append(backend.batch().find(name, ids.get("job")))
        .append(backend.credentials().keys(name))
        .append(backend.webhooks().find(name, ids.get("webhook")).map(StoredWebhook::id))
        .append(backend.audit().list(name, null, Page.MAX))
        .toString();
  }
}
