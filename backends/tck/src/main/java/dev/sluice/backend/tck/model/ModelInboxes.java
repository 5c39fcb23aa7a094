package dev.sluice.backend.tck.model;

import dev.sluice.backend.AckResult;
import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Holder;
import dev.sluice.backend.InboxCounts;
import dev.sluice.backend.InboxHistory;
import dev.sluice.backend.Inboxes;
import dev.sluice.backend.Lane;
import dev.sluice.backend.Message;
import dev.sluice.backend.NewMessage;
import dev.sluice.backend.Page;
import dev.sluice.backend.Place;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.SendResult;
import dev.sluice.backend.StoredBytes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Messages to sessions: docs/rules.md, "Inbox". */
final class ModelInboxes implements Inboxes {

  private final ModelStore store;

  ModelInboxes(ModelStore store) {
    this.store = store;
  }

  @Override
  public Decided<SendResult> send(
      String org, String sessionId, NewMessage message, AuditNote note) {
    return store.turn(
        org,
        state -> {
          Optional<Message> before = Replays.find(state, message.idempotency(), Message.class);
          if (before.isPresent()) {
            return new SendResult(before.get(), true);
          }
          ModelSession session = state.readableSession(sessionId);
          if (session.state.terminal()) {
            throw state.wrongState(session);
          }
          if (session.inbox.size() >= state.rules.maxUnacked()) {
            throw state.refusal(Refusal.INBOX_FULL, sessionId);
          }
          state.requireBytes(StoredBytes.ofMessage(message.payload()));
          state.audit(note, AuditAct.send(sessionId, message.type(), message.lane()));
          Message sent =
              state.post(
                  session,
                  message.type(),
                  message.lane(),
                  message.payload(),
                  message.userId(),
                  message.userName());
          Replays.keep(state, message.idempotency(), sent);
          return new SendResult(sent, false);
        });
  }

  @Override
  public Decided<AckResult> ack(
      String org, String sessionId, String messageId, Lane lane, @Nullable Holder holder) {
    return store.turn(
        org,
        state -> {
          ModelSession session = state.readableSession(sessionId);
          if (holder != null) {
            Ownership.actAsOwner(state, session, holder);
          }
          Optional<ModelSession.Unacked> found = session.unacked(messageId, lane);
          if (found.isEmpty()) {
            return new AckResult(false, holder == null ? null : state.view(session));
          }
          Acknowledging.acknowledge(
              state, session, found.get(), holder == null ? null : holder.workerId());
          return new AckResult(true, holder == null ? null : state.view(session));
        });
  }

  @Override
  public Decided<List<Message>> list(String org, String sessionId) {
    return store.turn(org, state -> unacknowledged(state, sessionId));
  }

  @Override
  public Decided<InboxHistory> history(String org, String sessionId) {
    return store.turn(
        org,
        state ->
            new InboxHistory(
                unacknowledged(state, sessionId),
                state.find(sessionId).map(session -> session.acked).orElse(List.of())));
  }

  @Override
  public Decided<Page<Message>> unacknowledged(
      String org, Lane lane, @Nullable Cursor cursor, int limit) {
    return store.turn(
        org,
        state ->
            Pages.page(
                inLane(state, lane),
                message -> new Cursor(age(message), message.sessionId()),
                Comparator.comparingLong(Cursor::number),
                cursor,
                limit));
  }

  @Override
  public Decided<InboxCounts> counts(String org) {
    return store.turn(
        org,
        state -> {
          List<Message> urgent = inLane(state, Lane.URGENT);
          List<Message> normal = inLane(state, Lane.NORMAL);
          return new InboxCounts(urgent.size(), oldest(urgent), normal.size(), oldest(normal));
        });
  }

  private static List<Message> unacknowledged(OrgState state, String sessionId) {
    OrgState.Archive archive = state.archives.get(sessionId);
    Optional<ModelSession> session = state.find(sessionId).map(state::readable);
    if (session.isEmpty() && archive == null) {
      throw state.refusal(Refusal.UNKNOWN_SESSION, sessionId);
    }
    boolean live =
        session
            .filter(known -> known.place != Place.ENDED && known.place != Place.DEAD)
            .isPresent();
    if (live) {
      return byLane(session.get().inbox.stream().map(ModelSession.Unacked::shown).toList());
    }
    return archive == null ? List.of() : byLane(archive.messages());
  }

  /** Of all sessions; what is over has an empty inbox. */
  private static List<Message> inLane(OrgState state, Lane lane) {
    return state.sessions.stream()
        .flatMap(session -> session.inbox.stream())
        .map(unacked -> unacked.shown().excerpted())
        .filter(message -> message.lane() == lane)
        .toList();
  }

  private static long oldest(List<Message> messages) {
    return messages.stream().mapToLong(Message::createdAtMs).min().orElse(0);
  }

  /** The sequence number of the step that sent it. */
  private static long age(Message message) {
    return Long.parseLong(message.id().substring(message.id().indexOf('-') + 1));
  }

  /** Urgent ones first; within a lane the age stays the order. */
  private static List<Message> byLane(List<Message> messages) {
    return Stream.of(Lane.URGENT, Lane.NORMAL)
        .flatMap(lane -> messages.stream().filter(message -> message.lane() == lane))
        .toList();
  }
}
