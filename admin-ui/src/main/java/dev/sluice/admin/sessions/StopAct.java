package dev.sluice.admin.sessions;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.StopResult;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.control.Actor;
import java.util.Set;

/**
 * @param graceMs for its worker to confirm
 */
public record StopAct(QueueBackend backend, long graceMs, String id) implements RunningSessionAct {

  @Override
  public String verb() {
    return "stop";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    Session session = session(visit);
    return ActForm.of(
            "Stop session " + shown(),
            visit.links().sessionAct(id, "stop"),
            "Stop",
            visit.links().session(id))
        .harms()
        .saying(RunningSessionAct.standing(session))
        .saying(
            "It is stopped at once and cannot be resumed. The worker is told, and "
                + "keeps the slot until it confirms the end, for "
                + Formats.limit(graceMs)
                + " at most.")
        .asking(
            Field.reason(typed.text(FormInput.REASON))
                .hint("Sent to the worker and recorded in the audit log."))
        .curl(
            visit.server(), "POST", apiPath() + "/stop", JsonText.object(FormInput.REASON, "why"));
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    StopResult result =
        backend
            .sessions()
            .stop(actor.org(), id, actor.stopMessage(), Set.of(Place.CLAIMED), actor.note());
    return ActResult.to(
        visit.links().session(id),
        "Session "
            + shown()
            + " is stopped"
            + (result.messageId() == null
                ? "."
                : "; worker " + RunningSessionAct.worker(result.session()) + " is told."));
  }
}
