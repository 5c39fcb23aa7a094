package dev.sluice.admin.acts;

import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.CurlLine;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Json;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Worker;
import dev.sluice.backend.Workers;
import dev.sluice.control.Actor;
import dev.sluice.control.FleetControl;

/** Lets a worker finish what it holds, and gives it nothing new. */
record DrainAct(FleetControl control, Workers workers, String workerId) implements WorkerAct {

  @Override
  public String verb() {
    return "drain";
  }

  @Override
  public ActForm form(Visit visit, Typed typed) {
    Worker worker = read(visit, workers);
    ActForm form =
        ActForm.of(
                "Drain worker " + name(),
                visit.links().workerAct(workerId, "drain"),
                "Drain",
                visit.links().worker(workerId))
            .saying(
                "It gets no new work until undrained. What it holds, "
                    + Formats.count(worker.activeSessions().size(), "session")
                    + " now, goes on, and messages still reach it.");
    return (worker.drained() ? form.saying("It is drained already.") : form)
        .asking(Field.reason(typed.text(Typed.REASON)))
        .curl(
            CurlLine.of(
                visit.server(), "POST", apiPath() + "/drain", Json.object(Typed.REASON, "why")));
  }

  @Override
  public Done perform(Visit visit, Actor actor, Typed typed) {
    requireId(visit);
    Worker worker = control.drain(actor, workerId, true);
    int left = worker.activeSessions().size();
    return Done.to(
        visit.links().worker(workerId),
        name()
            + (left == 0
                ? " is drained; it holds nothing."
                : " is draining: " + Formats.count(left, "session") + " left."));
  }
}
