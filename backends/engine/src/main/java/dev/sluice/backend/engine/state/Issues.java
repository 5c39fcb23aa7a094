package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.packed.SessionTable;
import dev.sluice.backend.engine.records.SessionRecord;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The issues of contending and claimed sessions, each of one project. A session that is alone in
 * its own issue, the default, has no entry: a million of them take no memory.
 */
public final class Issues {

  private final Map<String, Map<String, Issue>> byProject = new HashMap<>();
  private final SessionTable sessions;

  Issues(SessionTable sessions) {
    this.sessions = sessions;
  }

  /**
   * Returns null if no session contends or is claimed, or just one that is its own issue.
   *
   * @param session one of the issue
   */
  public @Nullable Issue shared(SessionRecord session) {
    return shared(session.project(), session.issueId());
  }

  private @Nullable Issue shared(String project, String issueId) {
    Map<String, Issue> issues = byProject.get(project);
    return issues == null ? null : issues.get(issueId);
  }

  /** Assumes that the session is about to join; null if it is alone. */
  public @Nullable Issue joined(SessionRecord session) {
    return joined(session.project(), session.issueId(), session.id());
  }

  @Nullable Issue joined(String project, String issueId, String sessionId) {
    Issue issue = shared(project, issueId);
    if (issue == null && !issueId.equals(sessionId)) {
      SessionRecord lone = lone(project, issueId);
      if (lone != null) {
        issue = new Issue();
        issue.add(lone);
      }
    }
    return issue;
  }

  void add(SessionRecord session) {
    if (!session.claimed() && !session.contends()) {
      return;
    }
    Issue issue = shared(session);
    if (issue == null) {
      if (session.issueId().equals(session.id())) {
        return;
      }
      issue = joined(session);
      if (issue == null) {
        issue = new Issue();
      }
      put(session, issue);
    }
    issue.add(session);
  }

  void remove(SessionRecord session) {
    Map<String, Issue> issues = byProject.get(session.project());
    Issue issue = shared(session);
    if (issues != null && issue != null) {
      issue.remove(session);
      if (issue.isEmpty()) {
        issues.remove(session.issueId());
        if (issues.isEmpty()) {
          byProject.remove(session.project());
        }
      }
    }
  }

  void note(SessionRecord session) {
    if (session.issueId().equals(session.id())
        && shared(session) == null
        && (session.claimed() || session.contends())) {
      Issue issue = new Issue();
      issue.add(session);
      put(session, issue);
    }
  }

  private void put(SessionRecord session, Issue issue) {
    byProject
        .computeIfAbsent(session.project(), project -> new HashMap<>())
        .put(session.issueId(), issue);
  }

  /** Returns the session that the issue is named like. */
  private @Nullable SessionRecord lone(String project, String issueId) {
    return sessions.get(issueId) instanceof SessionRecord session
            && session.issueId().equals(issueId)
            && session.project().equals(project)
            && (session.claimed() || session.contends())
        ? session
        : null;
  }
}
