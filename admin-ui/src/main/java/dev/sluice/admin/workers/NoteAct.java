package dev.sluice.admin.workers;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.acts.InvalidFieldException;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.Workers;
import dev.sluice.control.Actor;

/** An empty note removes it. */
public record NoteAct(Workers workers, String workerId) implements WorkerAct {

  private static final String NOTE = "note";

  @Override
  public String verb() {
    return NOTE;
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    Worker worker = read(visit, workers);
    String now = worker.note() == null ? "" : worker.note();
    String text = typed.has(NOTE) ? typed.text(NOTE) : now;
    return ActForm.of(
            "Note on worker " + name(),
            visit.links().workerAct(workerId, NOTE),
            "Save",
            visit.links().worker(workerId))
        .asking(Field.text(NOTE, "Note", text).hint("For people. An empty note is removed."))
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(visit.server(), "PUT", apiPath() + "/" + NOTE, JsonText.object(NOTE, text));
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    String text = typed.text(NOTE);
    String problem = AuditNote.problem(text);
    if (problem != null) {
      throw new InvalidFieldException(NOTE, problem);
    }
    workers.setNote(actor.org(), workerId, text, actor.note());
    return ActResult.to(
        visit.links().worker(workerId),
        name() + (text.isEmpty() ? " has no note." : " has a new note."));
  }
}
