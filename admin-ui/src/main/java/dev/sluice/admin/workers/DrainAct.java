package dev.sluice.admin.workers;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.Workers;
import dev.sluice.control.Actor;

/** Drains a worker, or undrains it and lifts its quarantine. */
public record DrainAct(Workers workers, String workerId, boolean drain) implements WorkerAct {

  @Override
  public String verb() {
    return drain ? "drain" : "undrain";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    Worker worker = read(visit, workers);
    String label = drain ? "Drain" : "Undrain";
    ActForm form =
        ActForm.of(
            label + " worker " + name(),
            visit.links().workerAct(workerId, verb()),
            label,
            visit.links().worker(workerId));
    return (drain ? draining(form, worker) : undraining(form, worker))
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(
            visit.server(),
            "POST",
            apiPath() + "/" + verb(),
            JsonText.object(FormInput.REASON, "why"));
  }

  private static ActForm draining(ActForm form, Worker worker) {
    ActForm says =
        form.saying(
            "It gets no new work until undrained. Its claimed sessions continue ("
                + Formats.count(worker.activeSessions().size(), "session")
                + " now), and messages still reach it.");
    return worker.drained() ? says.saying("It is already drained.") : says;
  }

  private static ActForm undraining(ActForm form, Worker worker) {
    ActForm says =
        form.saying("It gets work again. This also lifts a quarantine and resets its no-shows.");
    return worker.registration().draining()
        ? says.saying(
            "The worker itself reports that it is draining; undraining it here has no effect on"
                + " that.")
        : says;
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    Worker worker = workers.drain(actor.org(), workerId, drain, actor.note());
    return ActResult.to(
        visit.links().worker(workerId), name() + (drain ? left(worker) : may(worker)));
  }

  private static String left(Worker worker) {
    int left = worker.activeSessions().size();
    return left == 0
        ? " is drained."
        : " is draining: " + Formats.count(left, "session") + " left.";
  }

  private static String may(Worker worker) {
    return worker.registration().draining()
        ? " is no longer drained by an operator, but reports itself as draining."
        : " takes work again.";
  }
}
