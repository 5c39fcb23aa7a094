package dev.sluice.backend.tck.model;

import dev.sluice.backend.AckResult;
import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Holder;
import dev.sluice.backend.Inboxes;
import dev.sluice.backend.Lane;
import dev.sluice.backend.Message;
import dev.sluice.backend.NewMessage;
import dev.sluice.backend.Place;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.SendResult;
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
            throw state.refusal(
                Refusal.WRONG_STATE, "session " + sessionId + " is " + session.state.wire());
          }
          if (session.inbox.size() >= state.rules.maxUnacked()) {
            throw state.refusal(
                Refusal.INBOX_FULL, "the inbox of session " + sessionId + " is full");
          }
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
          Acknowledging.acknowledge(state, session, found.get());
          return new AckResult(true, holder == null ? null : state.view(session));
        });
  }

  @Override
  public Decided<List<Message>> list(String org, String sessionId) {
    return store.turn(
        org,
        state -> {
          OrgState.Archive archive = state.archives.get(sessionId);
          Optional<ModelSession> session = state.find(sessionId).map(state::readable);
          if (session.isEmpty() && archive == null) {
            throw state.refusal(Refusal.UNKNOWN_SESSION, "no session " + sessionId);
          }
          boolean live =
              session
                  .filter(known -> known.place != Place.ENDED && known.place != Place.DEAD)
                  .isPresent();
          if (live) {
            return byLane(session.get().inbox.stream().map(ModelSession.Unacked::shown).toList());
          }
          return archive == null ? List.of() : byLane(archive.messages());
        });
  }

  /** Urgent ones first; within a lane the age stays the order. */
  private static List<Message> byLane(List<Message> messages) {
    return Stream.of(Lane.URGENT, Lane.NORMAL)
        .flatMap(lane -> messages.stream().filter(message -> message.lane() == lane))
        .toList();
  }
}
