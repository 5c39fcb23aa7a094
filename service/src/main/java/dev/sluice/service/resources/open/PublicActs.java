package dev.sluice.service.resources.open;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Inboxes;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.Place;
import dev.sluice.control.Actor;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.resources.IdempotencyKey;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prompts and stops sessions for people. */
final class PublicActs {

  private static final String KEY = "idempotencyKey";

  private final Sessions sessions;
  private final Inboxes inboxes;

  PublicActs(Sessions sessions, Inboxes inboxes) {
    this.sessions = sessions;
    this.inboxes = inboxes;
  }

  static Actor actor(Caller caller) {
    return caller.require(Scope.WORK_WRITE, Scope.FLEET_WRITE);
  }

  record Prompt(JsonBody body, String text, @Nullable String key) {

    /** {@code member} is that of the text. */
    static Prompt read(JsonBody body, String member) {
      String text = body.requiredText(member, NewMessage.MAX_PAYLOAD_BYTES);
      if (text.isBlank()) {
        throw ApiException.invalid(member, "must not be blank");
      }
      return new Prompt(body, text, body.name(KEY));
    }
  }

  record Delivered(Session session, SendResult sent) {}

  /**
   * Sends the prompt as a directive; an ended session is requeued first. A repeat with the same
   * {@code idempotencyKey} sends nothing and gets the first message.
   */
  Delivered prompt(Actor actor, Session session, Prompt prompt) {
    IdempotencyKey call =
        IdempotencyKey.of(prompt.key(), actor, "prompt\n" + session.id(), prompt.body());
    MessageType type = MessageType.DIRECTIVE;
    NewMessage message =
        new NewMessage(type, type.lane(), prompt.text(), actor.name(), null).bearing(call.part(0));
    return Refusals.except(
        Set.of(Refusal.KEY_REUSED),
        () -> wakeAndSend(actor, session, message),
        reason -> {
          throw ApiException.keyReused(KEY);
        });
  }

  /** An ended session stays unchanged. */
  Session stop(Actor actor, Session session) {
    return sessions
        .stop(actor.org(), session.id(), actor.stopMessage(), Place.ANY, actor.note())
        .session();
  }

  private Delivered wakeAndSend(Actor actor, Session session, NewMessage message) {
    if (session.place() != Place.ENDED && session.place() != Place.DEAD) {
      return new Delivered(session, send(actor, session, message));
    }
    Optional<SendResult> before =
        message.idempotency() == null ? Optional.empty() : replay(actor, session, message);
    if (before.isPresent()) {
      return new Delivered(session, before.get());
    }
    Session awake = awake(actor, session);
    return new Delivered(awake, send(actor, session, message));
  }

  /** An ended session accepts no new message, so any answer is that of an earlier call. */
  private Optional<SendResult> replay(Actor actor, Session session, NewMessage message) {
    return Refusals.<Optional<SendResult>>except(
        Set.of(Refusal.WRONG_STATE),
        () -> Optional.of(send(actor, session, message)),
        reason -> Optional.empty());
  }

  private Session awake(Actor actor, Session session) {
    // Where another prompt was sooner, it waits by now, and the message reaches it all the same.
    return Refusals.except(
        Set.of(Refusal.WRONG_STATE),
        () -> sessions.requeue(actor.org(), session.id(), Place.ANY, actor.note()),
        reason -> sessions.find(actor.org(), session.id()));
  }

  private SendResult send(Actor actor, Session session, NewMessage message) {
    return inboxes.send(actor.org(), session.id(), message, actor.note());
  }
}
