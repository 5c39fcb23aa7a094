package dev.sluice.admin.workers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Fact;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Visit;
import dev.sluice.admin.work.WorkRow;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.fleet.WaitingForWorker;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record WorkerView(
    WorkerRow row,
    List<Fact> facts,
    Rows<AccountRow> accounts,
    Rows<WorkRow> table,
    @Nullable String others,
    Rows<WaitingRow> waiting,
    @Nullable String more,
    String details,
    @Nullable DrainPanel draining,
    ActButton.Menu acts) {

  private static final int MOST_DETAILS = 8 * 1024;

  public boolean claimed() {
    return true;
  }

  public static WorkerView of(
      Worker worker,
      List<Session> sessions,
      WaitingForWorker waiting,
      @Nullable AuditLine order,
      ActButton.Menu acts,
      Visit visit) {
    Links links = visit.links();
    long now = visit.now();
    int others = worker.activeSessions().size() - sessions.size();
    return new WorkerView(
        WorkerRow.of(worker, links, now),
        facts(worker, links, now),
        AccountRow.of(List.of(worker), now),
        new Rows<>(sessions.stream().map(session -> WorkRow.of(session, visit)).toList()),
        others <= 0 ? null : Formats.count(others, "more session"),
        WaitingRow.of(waiting, links),
        WaitingRow.more(waiting),
        Formats.cut(worker.registration().details(), MOST_DETAILS),
        DrainPanel.of(worker, order, now),
        acts);
  }

  private static List<Fact> facts(Worker worker, Links links, long now) {
    Registration said = worker.registration();
    return new Fact.Facts()
        .text("Note", worker.note())
        .ref("Host", new Ref(said.hostname(), links.host(said.hostname())))
        .text("Version", WorkerRow.version(said))
        .text("Dialect", said.dialect().wire())
        .text("Projects", WorkerRow.takes(said, 2_000))
        .text("Capabilities", join(said.capabilities()))
        .text("Execution security", attested(said))
        .text("Repositories", said.repositories().isEmpty() ? null : repositories(said))
        .text("Reported sessions", Formats.count(worker.activeCount(), "session"))
        .text(
            "Quarantined sessions",
            worker.quarantined() == 0
                ? null
                : Formats.count(worker.quarantined()) + ", each takes a slot")
        .text(
            "Sessions of replaced workers",
            worker.inherited() == 0
                ? null
                : Formats.count(worker.inherited()) + ", each takes a slot")
        .text("Not held", worker.notHeld().isEmpty() ? null : join(worker.notHeld()))
        .text(
            "Unknown sessions", worker.unknownHeld().isEmpty() ? null : join(worker.unknownHeld()))
        .time("Last seen", TimeText.of(worker.lastSeenMs(), now))
        .time("Last poll", TimeText.of(worker.lastPollMs(), now))
        .text("Last poll", worker.lastPollMs() == 0 ? "never" : null)
        .time("Registered", TimeText.of(worker.registeredAtMs(), now))
        .ref("Key", new Ref(said.registeredBy(), null))
        .ref("Machine", said.machineId() == null ? null : new Ref(said.machineId(), null))
        .text(
            "No-shows",
            worker.noShows() == 0 ? null : Formats.count(worker.noShows()) + " in a row")
        .text("Nacks", worker.nacks() == 0 ? null : Formats.count(worker.nacks()) + " in a row")
        .text(
            "Standing nacks",
            worker.returns() == 0
                ? null
                : Formats.count(worker.returns())
                    + ", no work from "
                    + Formats.count(worker.maxReturns())
                    + " on")
        .time(
            "Quarantined until",
            worker.quarantinedUntilMs() > now
                ? TimeText.of(worker.quarantinedUntilMs(), now)
                : null)
        .text("Quarantined because", because(worker, now))
        .time(
            "Protected from scale-in until",
            worker.protectedUntilMs() > now ? TimeText.of(worker.protectedUntilMs(), now) : null)
        .list();
  }

  private static @Nullable String because(Worker worker, long now) {
    String reason = worker.quarantineReason(now);
    return reason == null ? null : "it " + reason;
  }

  /** The levels that its machine attests. */
  private static @Nullable String attested(Registration said) {
    JsonNode details = JsonText.read(said.details());
    JsonNode levels = details == null ? null : details.get("executionSecurityEnforcement");
    return levels == null
        ? null
        : join(
            levels.properties().stream()
                .map(level -> level.getKey() + " " + level.getValue().asText())
                .toList());
  }

  private static String repositories(Registration said) {
    return join(said.repositories().stream().map(Repositories::shown).distinct().toList());
  }

  private static String join(List<String> names) {
    return Formats.cut(String.join(", ", names), 2_000);
  }
}
