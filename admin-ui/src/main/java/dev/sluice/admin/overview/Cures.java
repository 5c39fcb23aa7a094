package dev.sluice.admin.overview;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.findings.FindingKind;
import dev.sluice.backend.workers.Worker;
import dev.sluice.fleet.Finding;
import dev.sluice.fleet.FleetSnapshot;
import dev.sluice.fleet.SessionHealth;
import dev.sluice.fleet.WorkerStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Links from a finding to its list and to its cure. */
record Cures(FleetSnapshot fleet, Visit visit) {

  String page(Finding finding) {
    Links links = visit.links();
    return switch (finding.kind()) {
      case RUNS_ON -> links.session(finding.subject());
      case STORE, WARNING -> links.to(Section.SYSTEM.path());
      case NO_WORKER, NO_CAPABILITY, WORKERS_AWAY, PAUSED, OVER_BUDGET, OLD ->
          links.queue(finding.subject());
      case STUCK -> links.faring(SessionHealth.STUCK);
      case SILENT -> links.faring(SessionHealth.SILENT);
      case BURN -> links.to(Section.WORK.path(), "sort", "cost");
      case OFFLINE, LOGIN -> links.host(finding.subject());
      case UNREAD -> links.to(Section.INBOX.path());
      case DEAD, FAILING -> links.dead();
      case QUARANTINED -> links.to(Section.WORKERS.path(), "state", "quarantined");
    };
  }

  ActButton.Menu acts(Finding finding, boolean muted) {
    List<ActButton> acts = new ArrayList<>();
    ActButton cure = visit.may(VisitorRole.OPERATOR) ? cure(finding) : null;
    if (cure != null) {
      acts.add(cure);
    }
    var record = finding.record();
    if (record != null && visit.may(VisitorRole.OPERATOR)) {
      Links links = visit.links();
      if (!visit.visitor().actor().equals(record.owner())) {
        acts.add(ActButton.now("Acknowledge", links.findingAct(record.key(), "ack")));
      }
      acts.add(
          muted
              ? ActButton.now("Unmute", links.findingAct(record.key(), "unmute"))
              : ActButton.form("Mute", links.findingAct(record.key(), "mute")));
    }
    return ActButton.menu(acts);
  }

  private @Nullable ActButton cure(Finding finding) {
    Links links = visit.links();
    String subject = finding.subject();
    return switch (finding.kind()) {
      case PAUSED -> ActButton.form("Resume", links.queueAct(subject, "resume"));
      case OVER_BUDGET -> ActButton.form("Change limits", links.queueAct(subject, "limits"));
      case NO_WORKER, NO_CAPABILITY, OLD -> ActButton.form("Who can take it", links.queue(subject));
      case WORKERS_AWAY -> ActButton.form("See workers", links.to(Section.WORKERS.path()));
      case DEAD -> ActButton.form("Requeue these", links.to("/dead/requeue"));
      case FAILING -> ActButton.form("Requeue these", links.to("/dead/requeue", "error", subject));
      case QUARANTINED -> quarantined(links);
      case RUNS_ON -> ActButton.form("Open session", links.session(subject));
      case OFFLINE, LOGIN -> ActButton.form("Open host", links.host(subject));
      case STUCK, SILENT, BURN -> ActButton.form("See sessions", page(finding));
      case UNREAD -> ActButton.form("Open inbox", page(finding));
      case STORE, WARNING -> null;
    };
  }

  private ActButton quarantined(Links links) {
    List<Worker> held =
        fleet.workers().stream()
            .filter(worker -> fleet.stateOf(worker) == WorkerStatus.QUARANTINED)
            .toList();
    return held.size() == 1
        ? ActButton.form(
            "End quarantine", links.workerAct(held.get(0).registration().workerId(), "undrain"))
        : ActButton.form(
            "See workers", page(new Finding(FindingKind.QUARANTINED, "", "", "", null)));
  }
}
