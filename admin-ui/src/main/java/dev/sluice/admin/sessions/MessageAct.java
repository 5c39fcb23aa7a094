package dev.sluice.admin.sessions;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.control.Actor;
import jakarta.ws.rs.core.MultivaluedHashMap;
import org.jspecify.annotations.Nullable;

public record MessageAct(QueueBackend backend, String id) implements RunningSessionAct {

  @Override
  public String verb() {
    return "send";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    Session session = session(visit);
    ActForm form = composer(session, visit, typed).saying(RunningSessionAct.standing(session));
    return form.saying(reach(session))
        .curl(visit.server(), "POST", apiPath() + "/inbox", MessageFields.body(visit, typed));
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    return send(this, visit, actor, MessageFields.read(visit, actor, typed));
  }

  static ActResult send(SessionAct act, Visit visit, Actor actor, NewMessage message) {
    Message sent =
        act.backend().inboxes().send(actor.org(), act.id(), message, actor.note()).message();
    return ActResult.to(
        visit.links().session(act.id()) + "#inbox",
        "The "
            + sent.type().wire()
            + " is in the "
            + sent.lane().wire()
            + " lane of session "
            + act.shown()
            + ".");
  }

  /** Returns null for a viewer, and if the session takes no more messages. */
  static @Nullable ActForm composer(Session session, Visit visit) {
    return visit.may(VisitorRole.OPERATOR) && reaches(session)
        ? composer(session, visit, new FormInput(new MultivaluedHashMap<>()))
        : null;
  }

  private static ActForm composer(Session session, Visit visit, FormInput typed) {
    ActForm form =
        ActForm.of(
            "Message session " + Formats.cut(session.id(), 80),
            visit.links().sessionAct(session.id(), "message"),
            "Send",
            visit.links().session(session.id()));
    return MessageFields.ask(form, typed).asking(Field.reason(typed.text(FormInput.REASON)));
  }

  private static boolean reaches(Session session) {
    Place place = session.place();
    return place.waits() || (place == Place.CLAIMED && !session.state().terminal());
  }

  private static String reach(Session session) {
    if (!reaches(session)) {
      return "It can no longer receive messages.";
    }
    return session.place() == Place.CLAIMED
        ? "The worker gets the message until it acknowledges it; urgent messages come first."
        : "The worker that claims it will get the message.";
  }
}
