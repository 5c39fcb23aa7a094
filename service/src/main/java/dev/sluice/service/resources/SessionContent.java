package dev.sluice.service.resources;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.service.api.answers.SessionObject;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.WorkerStandings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prompts and activities are for the owner of a session, the credential that registered it, and
 * people with {@link Scope#WORK_READ}, whose reads are audited. Others get answers without them.
 */
public final class SessionContent {

  private final Sessions sessions;
  private final WorkerStandings standings;
  private final Audit audit;

  public SessionContent(Sessions sessions, WorkerStandings standings, Audit audit) {
    this.sessions = sessions;
    this.standings = standings;
    this.audit = audit;
  }

  public SessionObject session(Caller caller, Session session) {
    SessionObject answer = SessionObject.of(caller.org(), session).titled(session, caller.titles());
    if (!isFor(caller, session)) {
      return answer.withoutPrompt();
    }
    if (answer.hasPrompt()) {
      note(caller, session, "prompt");
    }
    return answer;
  }

  /** Empty if the caller may not read them. */
  public List<Activity> activities(Caller caller, Session session, long after, int most) {
    if (!isFor(caller, session)) {
      return List.of();
    }
    List<Activity> activities = sessions.activities(caller.org(), session.id(), after, most);
    if (!activities.isEmpty()) {
      note(caller, session, "activity");
    }
    return activities;
  }

  /**
   * Leaves an audit line.
   *
   * @param cost as reported; null if it was not cut
   */
  public void noteCut(Caller caller, Session session, @Nullable Double cost) {
    if (cost != null) {
      AuditNote note = new AuditNote(caller.displayName(), "");
      audit.add(caller.org(), note, "cut-cost", session.id(), "reported " + cost + " USD");
    }
  }

  private boolean isFor(Caller caller, Session session) {
    return caller.speaksForWorkers()
        ? isHeldBy(caller, session)
        : caller.scopes().contains(Scope.WORK_READ);
  }

  /** True if the caller is the owner, or last owner, of a session or its credential. */
  public boolean isHeldBy(Caller caller, Session session) {
    @Nullable String owner = session.owner();
    if (owner == null || owner.equals(caller.workerId())) {
      return owner != null;
    }
    return caller.workerId() == null
        && standings.registeredBy(caller.org(), owner, caller.credentialId());
  }

  private void note(Caller caller, Session session, String what) {
    if (!caller.speaksForWorkers()) {
      audit.add(caller.org(), new AuditNote(caller.credentialId(), ""), "look", session.id(), what);
    }
  }
}
