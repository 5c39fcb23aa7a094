package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Claim;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Place;
import dev.sluice.backend.engine.state.SessionRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The claims of an org, or of a project. */
public record ListClaims(@Nullable String project, @Nullable Cursor after, int limit)
    implements ReadOperation<ListClaims.Answer> {

  /**
   * A page.
   *
   * @param next where to go on; null at the end
   */
  public record Answer(List<Claim> claims, @Nullable Cursor next) {}

  @Override
  public Answer run(Step step) {
    KeyedPage page = ListSessions.keys(step, project, Place.CLAIMED, after, limit);
    List<Claim> claims = new ArrayList<>(page.ids().size());
    for (String id : page.ids()) {
      SessionRecord session = step.indexed(id);
      if (session != null) {
        claims.add(session.claim());
      }
    }
    return new Answer(claims, page.next());
  }
}
