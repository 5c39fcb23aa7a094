package dev.sluice.service.resources;

import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.sessions.Stage;
import dev.sluice.service.api.WorkBatch;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.resources.PlacePages.All;
import dev.sluice.service.resources.PlacePages.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sessions of a batch in its order, with their items. A cursor is the number of an item. */
public final class BatchPages {

  /** Since the look at their stages, or unreadable. */
  private static final Set<Refusal> GONE = Set.of(Refusal.UNKNOWN_SESSION, Refusal.DAMAGED);

  private final Sessions sessions;
  private final String org;
  private final WorkBatch batch;
  private final Wanted wanted;

  public BatchPages(Sessions sessions, String org, WorkBatch batch, Wanted wanted) {
    this.sessions = sessions;
    this.org = org;
    this.batch = batch;
    this.wanted = wanted;
  }

  public All page(@Nullable String cursor, int limit) {
    int from = first(cursor);
    List<Session> found = new ArrayList<>();
    long bytes = 0;
    for (int at = from; at < batch.items(); at += Page.MAX) {
      for (Stage stage : sessions.stages(org, batch.sessions(at, Page.MAX))) {
        Session session = wanted.in(stage) ? find(stage.id()) : null;
        if (session == null || !wanted.includes(session)) {
          continue;
        }
        if (found.size() == limit || bytes >= Page.MAX_BYTES / 2) {
          return new All(found, String.valueOf(batch.item(stage.id())));
        }
        found.add(session);
        bytes += session.item().length();
      }
    }
    return new All(found, null);
  }

  private @Nullable Session find(String id) {
    return Refusals.except(GONE, () -> sessions.find(org, id), gone -> null);
  }

  private int first(@Nullable String cursor) {
    try {
      int first = cursor == null || cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
      if (first >= 0 && first < batch.items()) {
        return first;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw ApiException.invalid("cursor", "is not one of this list");
  }
}
