package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.inbox.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Unacknowledged messages of one lane, the oldest first. The counts are the org's, and absent for a
 * caller bound to projects.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UnreadList(
    List<Unread> messages,
    @Nullable Long urgent,
    @Nullable Long normal,
    @Nullable String nextCursor) {

  /**
   * @param payload the text, cut with an ellipsis if long
   * @param deliveredAt last delivery to a worker, epoch ms; absent if none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Unread(
      String id,
      String sessionId,
      String type,
      String lane,
      String payload,
      @Nullable String userId,
      @Nullable String userName,
      long createdAt,
      @Nullable Long deliveredAt) {

    private static Unread of(Message message) {
      return new Unread(
          message.id(),
          message.sessionId(),
          message.type().wire(),
          message.lane().wire(),
          message.payload(),
          message.userId(),
          message.userName(),
          message.createdAtMs(),
          message.offeredAtMs() == 0 ? null : message.offeredAtMs());
    }
  }

  public static UnreadList of(
      List<Message> page, @Nullable InboxCounts counts, @Nullable String next) {
    return new UnreadList(
        page.stream().map(Unread::of).toList(),
        counts == null ? null : counts.urgent(),
        counts == null ? null : counts.normal(),
        next);
  }
}
