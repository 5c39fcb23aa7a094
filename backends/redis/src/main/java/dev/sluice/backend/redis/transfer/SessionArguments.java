package dev.sluice.backend.redis.transfer;

import static java.util.Objects.requireNonNullElse;

import dev.sluice.backend.redis.reply.LineWriter;
import dev.sluice.backend.redis.reply.PackedItem;
import dev.sluice.backend.redis.reply.PublicName;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.ToolUse;
import dev.sluice.backend.store.PackedNames;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.work.ContentHash;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parts of a session's line and of its content; {@code rules/sessions.lua} has the layout. */
final class SessionArguments {

  private SessionArguments() {}

  static List<String> of(SessionCopy session) {
    String id = session.id();
    String item = session.item();
    ClaimState claim = session.claim();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                Text.name(id),
                Text.name(session.project()),
                Text.join(PackedNames.packSorted(session.capabilities(), session.repository())),
                Text.ordered(session.score()),
                session.issueId().equals(id) ? "" : Text.name(session.issueId()),
                ContentHash.shortened(Text.name(session.contentHash())),
                item == null
                    ? ""
                    : PackedItem.pack(
                        item,
                        id,
                        session.project(),
                        session.queuedAtMs(),
                        subject(session).title()),
                item == null ? "0" : "1",
                String.valueOf(bytes(session)),
                session.place().name(),
                nackers(session.returns().nackers()),
                String.valueOf(session.publicIds().size()),
                String.valueOf(session.timeline().size()),
                String.valueOf(2 * claim.fields().size()),
                begin(session),
                middle(session),
                Text.line(
                    claim.stopTold() ? 1 : 0,
                    session.returns().dead() == null ? "" : session.returns().dead().name(),
                    tools(claim.tools()),
                    attempt(claim.attempt())),
                Text.line(session.attempts(), session.nacks()),
                session.issueIdentifier().equals(id) ? "" : Text.name(session.issueIdentifier()),
                Text.subject(subject(session))));
    session.publicIds().forEach(name -> arguments.add(PublicName.stored(Text.name(name))));
    for (Event event : session.timeline()) {
      arguments.add(LineWriter.event(event));
    }
    claim
        .fields()
        .forEach(
            (name, value) -> {
              arguments.add(name);
              arguments.add(value);
            });
    return arguments;
  }

  private static long bytes(SessionCopy session) {
    return session.item() == null
        ? StoredBytes.RECORD
        : StoredBytes.of(
            new NewWork(
                session.id(),
                session.issueId(),
                session.issueIdentifier(),
                session.project(),
                session.capabilities(),
                session.repository(),
                session.priority(),
                session.queuedAtMs(),
                session.notBeforeMs(),
                session.deadlineMs(),
                List.of(),
                session.contentHash(),
                session.item(),
                subject(session),
                null));
  }

  private static Subject subject(SessionCopy session) {
    return requireNonNullElse(session.subject(), Subject.NONE);
  }

  private static String begin(SessionCopy session) {
    return Text.line(
        session.priority(),
        session.queuedAtMs(),
        session.createdAtMs(),
        session.enqueuedSeq(),
        session.notBeforeMs(),
        session.deadlineMs());
  }

  private static String middle(SessionCopy session) {
    ClaimState claim = session.claim();
    return Text.line(
        session.state().name(),
        Text.orEmpty(claim.owner()),
        claim.token(),
        claim.acceptByMs(),
        session.updatedAtMs(),
        claim.claimedAtMs(),
        claim.startedAtMs(),
        session.endedAtMs(),
        claim.releaseByMs(),
        claim.lastSignMs(),
        claim.costMicroUsd(),
        Text.orEmpty(session.returns().lostBy()),
        Text.orEmpty(session.returns().nackedBy()));
  }

  private static String nackers(List<Nacker> nackers) {
    return nackers.stream()
        .map(
            nacker ->
                Text.GROUP
                    + Text.name(nacker.workerId())
                    + Text.GROUP
                    + nacker.nacks()
                    + (nacker.denied() ? "!" : "")
                    + Text.GROUP
                    + nacker.untilMs())
        .collect(Collectors.joining());
  }

  private static String tools(@Nullable ToolUse tools) {
    return tools == null
        ? ""
        : Text.name(tools.lastName()) + Text.GROUP + tools.lastAtMs() + Text.GROUP + tools.count();
  }

  private static String attempt(@Nullable Attempt attempt) {
    return attempt == null
        ? ""
        : Text.name(attempt.id()) + Text.GROUP + Text.name(attempt.bodyHash());
  }
}
