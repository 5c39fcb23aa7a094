package dev.sluice.service.resources;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.sessions.Stage;
import dev.sluice.service.api.WorkBatch;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.resources.PlacePages.All;
import dev.sluice.service.resources.PlacePages.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a batch in its order, with their items. A cursor is the number of an item.
 *
 * <p>A page reads {@value Page#MAX} items at most, and as many bytes as {@link PlacePages}. So it
 * may be short or empty although more follows.
 */
public final class BatchPages {

  /** Since the look at their stages, or unreadable. */
  private static final Set<Refusal> GONE = Set.of(Refusal.UNKNOWN_SESSION, Refusal.DAMAGED);

  private static final Pattern CURSOR = Pattern.compile("[0-9]{1,5}");

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
    long readBytes = 0;
    int reads = 0;
    for (int at = from; at < batch.items(); at += Page.MAX) {
      for (Stage stage : sessions.stages(org, batch.sessions(at, Page.MAX))) {
        if (!wanted.in(stage)) {
          continue;
        }
        if (found.size() == limit
            || bytes >= Page.MAX_BYTES / 2
            || reads == Page.MAX
            || readBytes >= PlacePages.MAX_READ_BYTES) {
          return new All(found, String.valueOf(batch.item(stage.id())));
        }
        Session session = find(stage.id());
        reads++;
        int size = session == null ? 0 : session.item().length();
        readBytes += size;
        if (session != null && wanted.includes(session)) {
          found.add(session);
          bytes += size;
        }
      }
    }
    return new All(found, null);
  }

  private @Nullable Session find(String id) {
    return Refusals.except(GONE, () -> sessions.find(org, id), gone -> null);
  }

  private int first(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return 0;
    }
    if (!CURSOR.matcher(cursor).matches() || Integer.parseInt(cursor) >= batch.items()) {
      throw Cursor.bad();
    }
    return Integer.parseInt(cursor);
  }
}
