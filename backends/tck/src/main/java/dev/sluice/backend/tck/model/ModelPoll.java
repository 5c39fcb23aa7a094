package dev.sluice.backend.tck.model;

import dev.sluice.backend.ClaimedWork;
import dev.sluice.backend.Lane;
import dev.sluice.backend.Message;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.Place;
import dev.sluice.backend.PollRequest;
import dev.sluice.backend.PollResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The poll: docs/rules.md, "Poll". */
final class ModelPoll {

  private ModelPoll() {}

  static PollResult poll(OrgState org, ModelWorker worker, PollRequest request) {
    org.change();
    org.signOfLife(worker);
    ModelUpkeep.endBackOffs(org, org.rules.dueStep());
    if (!request.requestId().equals(worker.lastRequest)) {
      worker.lastRequest = request.requestId();
      worker.lastClaims = claim(org, worker, request.max());
    }
    List<ModelSession> handedOut = standing(org, worker);
    return new PollResult(
        handedOut.stream().map(ModelPoll::handOut).toList(),
        offer(org, worker, handedOut),
        worker.dialect(),
        worker.registration.capabilities());
  }

  private static List<ModelWorker.Claim> claim(OrgState org, ModelWorker worker, int max) {
    List<ModelWorker.Claim> claims = new ArrayList<>();
    if (worker.draining || standingNacks(org, worker) >= org.rules.maxReturns()) {
      return claims;
    }
    int free = worker.capacity - org.activeSet(worker).size();
    int wanted = Math.min(Math.min(max, org.rules.maxItemsPerPoll()), free);
    while (claims.size() < wanted) {
      Optional<ModelSession> best = best(org, worker);
      if (best.isEmpty()) {
        break;
      }
      org.claim(best.get(), worker);
      claims.add(new ModelWorker.Claim(best.get().id(), best.get().token));
    }
    return claims;
  }

  /** The best waiting item that the worker may take; a damaged one hides what is behind it. */
  private static Optional<ModelSession> best(OrgState org, ModelWorker worker) {
    List<ModelSession> mayTake =
        org.sessions.stream()
            .filter(ModelSession::waits)
            .filter(session -> worker.takes(session.bucket()))
            .filter(session -> !nackedBy(session, worker))
            .sorted(ModelSession.ORDER)
            .toList();
    Set<ModelSession.Bucket> hidden = new HashSet<>();
    for (ModelSession session : mayTake) {
      if (session.damaged) {
        hidden.add(session.bucket());
      } else if (!hidden.contains(session.bucket())) {
        return Optional.of(session);
      }
    }
    return Optional.empty();
  }

  private static long standingNacks(OrgState org, ModelWorker worker) {
    return org.sessions.stream().filter(session -> nackedBy(session, worker)).count();
  }

  private static boolean nackedBy(ModelSession session, ModelWorker worker) {
    return session.place == Place.RETURNED && worker.id().equals(session.nackedBy);
  }

  /** The claims of the worker's last poll that nothing has undone since. */
  private static List<ModelSession> standing(OrgState org, ModelWorker worker) {
    List<ModelSession> standing = new ArrayList<>();
    for (ModelWorker.Claim claim : worker.lastClaims) {
      org.find(claim.sessionId())
          .filter(session -> !session.damaged && session.claimed())
          .filter(session -> session.ownedBy(worker.id()) && session.token == claim.token())
          .ifPresent(standing::add);
    }
    return standing;
  }

  private static ClaimedWork handOut(ModelSession session) {
    return new ClaimedWork(session.id(), session.token, session.acceptBy, session.work.item());
  }

  /** Messages to the sessions that the worker knows of already; each is hidden for a while now. */
  private static List<Message> offer(
      OrgState org, ModelWorker worker, List<ModelSession> handedOut) {
    List<Message> offered = new ArrayList<>();
    for (ModelSession session : org.activeSet(worker)) {
      if (session.damaged || handedOut.contains(session)) {
        continue;
      }
      for (ModelSession.Unacked chosen : choose(org, session)) {
        chosen.hiddenUntil = org.now + org.rules.visibilityMs();
        offered.add(chosen.message);
      }
    }
    return offered;
  }

  private static List<ModelSession.Unacked> choose(OrgState org, ModelSession session) {
    List<ModelSession.Unacked> unread =
        session.inbox.stream()
            .filter(m -> m.hiddenUntil <= org.now)
            .filter(m -> !session.inStopGrace() || m.message.type() == MessageType.STOP)
            .toList();
    List<ModelSession.Unacked> urgent = inLane(unread, Lane.URGENT);
    List<ModelSession.Unacked> normal = inLane(unread, Lane.NORMAL);
    int normalTaken = org.rules.normalTaken(urgent.size(), normal.size());
    int urgentTaken = Math.min(urgent.size(), org.rules.messagesPerRead() - normalTaken);

    List<ModelSession.Unacked> chosen = new ArrayList<>(urgent.subList(0, urgentTaken));
    chosen.addAll(normal.subList(0, normalTaken));
    return chosen;
  }

  private static List<ModelSession.Unacked> inLane(List<ModelSession.Unacked> messages, Lane lane) {
    return messages.stream().filter(m -> m.message.lane() == lane).toList();
  }
}
