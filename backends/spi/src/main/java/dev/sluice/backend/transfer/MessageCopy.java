package dev.sluice.backend.transfer;

import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * An unacknowledged message, as in {@link dev.sluice.backend.inbox.Message} where nothing else is
 * said. Those of a session follow each other by lane, urgent first, then by age.
 *
 * @param id {@code <createdAtMs>-<seq>}, unique in the org
 * @param seq of the change that stored it, its age
 * @param hiddenUntilMs when it is readable again
 * @param offeredTo worker that a poll last offered it to
 * @param archivedAtMs the end of its session, which archived it
 */
public record MessageCopy(
    String sessionId,
    String id,
    long seq,
    MessageType kind,
    Lane lane,
    String payload,
    @Nullable String userId,
    @Nullable String userName,
    long createdAtMs,
    long hiddenUntilMs,
    @Nullable String offeredTo,
    long archivedAtMs)
    implements OrgRecord {}
