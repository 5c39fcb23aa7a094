package dev.sluice.backend.transfer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.ContentHash;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Subject;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session without activities and messages, as in {@link dev.sluice.backend.sessions.Session}
 * where nothing else is said.
 *
 * @param subject null in exports of format 1: to be made from the item
 * @param contentHash of the item as enqueued, {@link ContentHash#shortened shortened}
 * @param item byte for byte as enqueued; null if lost
 * @param publicIds those that lead to it
 * @param returns without the earliest end of its back-offs, which follows from its nackers
 * @param enqueuedSeq of the enqueue
 * @param timeline the latest lines, without the enqueue, the oldest first
 */
@RecordBuilder
public record SessionCopy(
    String id,
    String issueId,
    String issueIdentifier,
    @Nullable Subject subject,
    String project,
    List<String> capabilities,
    @Nullable String repository,
    int priority,
    long queuedAtMs,
    long score,
    long notBeforeMs,
    long deadlineMs,
    long createdAtMs,
    long enqueuedSeq,
    String contentHash,
    @Nullable String item,
    List<String> publicIds,
    Place place,
    SessionState state,
    int attempts,
    int nacks,
    long updatedAtMs,
    long endedAtMs,
    ClaimState claim,
    @JsonIgnoreProperties("returnUntilMs") ReturnInfo returns,
    List<Event> timeline)
    implements OrgRecord, SessionCopyBuilder.With {

  public SessionCopy {
    contentHash = ContentHash.shortened(contentHash);
    capabilities = List.copyOf(capabilities);
    publicIds = List.copyOf(publicIds);
    timeline = List.copyOf(timeline);
  }

  /** Completes a session that comes from another server: {@link ForeignStore#read}. */
  public SessionCopy completed(String hash, List<String> names, @Nullable Subject made) {
    return with(copy -> copy.contentHash(hash).publicIds(names).subject(made));
  }
}
