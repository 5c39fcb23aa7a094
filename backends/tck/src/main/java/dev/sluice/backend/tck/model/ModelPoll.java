package dev.sluice.backend.tck.model;

import dev.sluice.backend.ClaimedWork;
import dev.sluice.backend.DeadReason;
import dev.sluice.backend.Event;
import dev.sluice.backend.Message;
import dev.sluice.backend.PollRequest;
import dev.sluice.backend.PollResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The poll: docs/rules.md, "Poll". */
final class ModelPoll {

  private ModelPoll() {}

  static PollResult poll(OrgState org, ModelWorker worker, PollRequest request) {
    org.signOfLife(worker);
    worker.lastPoll = org.now;
    Due.handle(org, org.rules.dueStep());
    boolean repeated = request.requestId().equals(worker.lastRequest);
    if (!repeated) {
      worker.lastRequest = request.requestId();
      Offers.acknowledge(org, worker);
      JobOffers.deliver(org, worker);
      worker.lastClaims = claim(org, worker, request.max());
    }
    List<ModelSession> handedOut = standing(org, worker);
    List<Message> messages = Offers.offer(org, worker, handedOut, repeated);
    if (!repeated) {
      JobOffers.offer(org, worker, request);
    }
    return new PollResult(
        handedOut.stream().map(ModelPoll::handOut).toList(),
        messages,
        JobOffers.answer(org, worker),
        worker.dialect,
        worker.registration.capabilities(),
        worker.registration.takes(),
        Eligibility.mayTake(org, worker),
        org.sessions.stream().anyMatch(ModelSession::inOrder));
  }

  private static List<ModelWorker.Claim> claim(OrgState org, ModelWorker worker, int max) {
    List<ModelWorker.Claim> claims = new ArrayList<>();
    if (!Eligibility.available(org, worker)) {
      return claims;
    }
    int most = Math.min(max, org.rules.maxItemsPerPoll());
    while (claims.size() < most && Eligibility.freeSlots(org, worker) > 0) {
      Optional<ModelSession> best = best(org, worker);
      if (best.isEmpty()) {
        break;
      }
      ModelSession session = best.get();
      if (session.itemMissing) {
        Ending.die(org, session, DeadReason.ITEM_MISSING);
      } else {
        Claiming.claim(org, session, worker);
        org.note(session, Event.Kind.CLAIMED, worker.id(), null);
        claims.add(new ModelWorker.Claim(session.id(), session.token));
      }
    }
    return claims;
  }

  /** The best item that the worker may take; a damaged one hides what is behind it. */
  private static Optional<ModelSession> best(OrgState org, ModelWorker worker) {
    Map<String, Boolean> open = new HashMap<>();
    List<ModelSession> mayTake =
        org.sessions.stream()
            .filter(ModelSession::inOrder)
            .filter(session -> Eligibility.takes(worker, session.bucket()))
            .filter(session -> !session.keptFrom(worker.id()))
            .filter(
                session -> open.computeIfAbsent(session.project(), name -> org.queue(name).open()))
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

  /** The claims of the worker's last poll that nothing has undone since. */
  private static List<ModelSession> standing(OrgState org, ModelWorker worker) {
    List<ModelSession> standing = new ArrayList<>();
    for (ModelWorker.Claim claim : worker.lastClaims) {
      org.find(claim.sessionId())
          .filter(session -> !session.damaged && session.claimed() && !session.inStopGrace())
          .filter(session -> session.ownedBy(worker.id()) && session.token == claim.token())
          .ifPresent(
              session -> {
                if (session.itemMissing) {
                  Ending.die(org, session, DeadReason.ITEM_MISSING);
                } else {
                  standing.add(session);
                }
              });
    }
    return standing;
  }

  private static ClaimedWork handOut(ModelSession session) {
    return new ClaimedWork(
        session.id(),
        session.token,
        session.acceptBy,
        session.project(),
        session.work.queuedAtMs(),
        session.item());
  }
}
