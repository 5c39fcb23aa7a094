package dev.sluice.admin.sessions;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.control.Actor;

public record NudgeAct(QueueBackend backend, String id) implements RunningSessionAct {

  public static final String USUAL = "Are you still working? Please report your progress.";

  @Override
  public String verb() {
    return "send";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    Session session = session(visit);
    return ActForm.of(
            "Nudge session " + shown(),
            visit.links().sessionAct(id, "nudge"),
            "Nudge",
            visit.links().session(id))
        .saying(RunningSessionAct.standing(session))
        .saying("Sends a nudge in the normal lane: a message that asks for a sign of life.")
        .asking(MessageFields.text(text(typed)))
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(
            visit.server(),
            "POST",
            apiPath() + "/inbox",
            MessageFields.body(visit, MessageType.NUDGE, null, text(typed)));
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    NewMessage nudge = MessageFields.message(visit, actor, MessageType.NUDGE, null, text(typed));
    return MessageAct.send(this, visit, actor, nudge);
  }

  private static String text(FormInput typed) {
    String text = typed.lines(MessageFields.TEXT);
    return text.isBlank() ? USUAL : text;
  }
}
