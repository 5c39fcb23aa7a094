package dev.sluice.admin.sessions;

import dev.sluice.admin.acts.Act;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.SessionName;
import dev.sluice.admin.web.PageIds;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;

public interface SessionAct extends Act {

  String id();

  QueueBackend backend();

  @Override
  default Section section() {
    return Section.WORK;
  }

  @Override
  default String object() {
    return id();
  }

  default String shown() {
    return Formats.cut(id(), 80);
  }

  /**
   * @throws dev.sluice.backend.RefusedException {@link dev.sluice.backend.Refusal#UNKNOWN_SESSION}
   */
  default Session session(Visit visit) {
    return backend().sessions().find(visit.org(), id());
  }

  @Override
  default void check(Visit visit) {
    PageIds.require(id(), "session", visit, section());
  }

  static ActForm says(ActForm form, Session session) {
    SessionName name = SessionName.of(Headline.of(session), null, new Links(null, true));
    return form.saying(
        (name.named() ? name.words() + ". " : "")
            + "Project "
            + Formats.cut(session.project(), 80)
            + ", priority "
            + session.priority()
            + (session.position() == 0 ? "" : ", position " + Formats.count(session.position()))
            + ".");
  }

  /** Says that a requeue drops a deadline that has passed. */
  static ActForm saysDeadline(ActForm form, Session session, long now) {
    long deadline = session.deadlineMs();
    return deadline == 0 || deadline > now
        ? form
        : form.saying(
            "Its deadline, "
                + Formats.exact(deadline)
                + ", has passed: it will be requeued without one.");
  }

  static ActForm ofWaiting(ActForm form, Session session) {
    ActForm says = says(form, session);
    return session.place().waits()
        ? says
        : says.refused("It is no longer waiting: it is " + session.place().wire() + ".");
  }
}
