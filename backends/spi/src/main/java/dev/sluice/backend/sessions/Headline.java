package dev.sluice.backend.sessions;

import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.work.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The names of a session's work, for lists of ids.
 *
 * @param repository as people write it; null for none
 */
public record Headline(
    String id, String issueIdentifier, @Nullable String repository, Subject subject) {

  public static Headline of(Session session) {
    return of(session.id(), session.issueIdentifier(), session.repository(), session.subject());
  }

  /** {@code repository}: as in {@link Session}. */
  public static Headline of(
      String id, String issueIdentifier, @Nullable String repository, Subject subject) {
    return new Headline(
        id, issueIdentifier, repository == null ? null : Repositories.shown(repository), subject);
  }
}
