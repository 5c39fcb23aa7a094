package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.Page;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.inbox.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that nobody acknowledged.
 *
 * @param messages of the lane that was asked for, the oldest first
 * @param urgent how many there are in the urgent lane of the org; absent for a caller that is bound
 *     to projects
 * @param normal how many there are in the normal lane, likewise
 * @param nextCursor asks for those that follow; absent at the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UnreadList(
    List<Unread> messages,
    @Nullable Long urgent,
    @Nullable Long normal,
    @Nullable String nextCursor) {

  /**
   * A message.
   *
   * @param payload its text; of a long one the beginning and an ellipsis
   * @param createdAt epoch ms
   * @param deliveredAt when it was last told to a worker, epoch ms; absent if it never was
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

  /** A page of a lane. */
  public static UnreadList of(Page<Message> page, @Nullable InboxCounts counts) {
    return new UnreadList(
        page.items().stream().map(Unread::of).toList(),
        counts == null ? null : counts.urgent(),
        counts == null ? null : counts.normal(),
        page.next() == null ? null : page.next().text());
  }
}
