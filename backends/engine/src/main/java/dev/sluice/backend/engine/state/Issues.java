package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.packed.SessionTable;
import dev.sluice.backend.engine.records.SessionRecord;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The issues of contending and claimed sessions. A session that is alone in its own issue, the
 * default, has no entry: a million of them take no memory.
 */
public final class Issues {

  private final Map<String, Issue> issues = new HashMap<>();
  private final SessionTable sessions;

  Issues(SessionTable sessions) {
    this.sessions = sessions;
  }

  /** Returns null if no session contends or is claimed, or just one that is its own issue. */
  public @Nullable Issue shared(String issueId) {
    return issues.get(issueId);
  }

  /** Assumes that the session is about to join; null if it is alone. */
  public @Nullable Issue joined(String issueId, String sessionId) {
    Issue issue = issues.get(issueId);
    if (issue == null && !issueId.equals(sessionId)) {
      SessionRecord lone = lone(issueId);
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
    Issue issue = issues.get(session.issueId());
    if (issue == null) {
      if (session.issueId().equals(session.id())) {
        return;
      }
      issue = joined(session.issueId(), session.id());
      if (issue == null) {
        issue = new Issue();
      }
      issues.put(session.issueId(), issue);
    }
    issue.add(session);
  }

  void remove(SessionRecord session) {
    Issue issue = issues.get(session.issueId());
    if (issue != null) {
      issue.remove(session);
      if (issue.isEmpty()) {
        issues.remove(session.issueId());
      }
    }
  }

  void note(SessionRecord session) {
    if (session.issueId().equals(session.id())
        && !issues.containsKey(session.id())
        && (session.claimed() || session.contends())) {
      Issue issue = new Issue();
      issue.add(session);
      issues.put(session.id(), issue);
    }
  }

  private @Nullable SessionRecord lone(String issueId) {
    return sessions.get(issueId) instanceof SessionRecord session
            && session.issueId().equals(issueId)
            && (session.claimed() || session.contends())
        ? session
        : null;
  }
}
