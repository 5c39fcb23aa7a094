package dev.sluice.admin.acts;

import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.CurlLine;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Json;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Worker;
import dev.sluice.backend.Workers;
import dev.sluice.control.Actor;
import dev.sluice.control.FleetControl;

/** Lets a worker have work again, whether an operator or its no-shows kept it from it. */
record UndrainAct(FleetControl control, Workers workers, String workerId) implements WorkerAct {

  @Override
  public String verb() {
    return "undrain";
  }

  @Override
  public ActForm form(Visit visit, Typed typed) {
    Worker worker = read(visit, workers);
    ActForm form =
        ActForm.of(
                "Undrain worker " + name(),
                visit.links().workerAct(workerId, "undrain"),
                "Undrain",
                visit.links().worker(workerId))
            .saying("It gets work again. A quarantine is lifted too, its no-shows are forgotten.");
    return (worker.registration().draining()
            ? form.saying("It says itself that it drains; that holds until it says otherwise.")
            : form)
        .asking(Field.reason(typed.text(Typed.REASON)))
        .curl(
            CurlLine.of(
                visit.server(), "POST", apiPath() + "/undrain", Json.object(Typed.REASON, "why")));
  }

  @Override
  public Done perform(Visit visit, Actor actor, Typed typed) {
    requireId(visit);
    Worker worker = control.drain(actor, workerId, false);
    return Done.to(
        visit.links().worker(workerId),
        worker.registration().draining()
            ? name() + " isn't drained by an operator any more, but says itself that it drains."
            : name() + " may have work again.");
  }
}
