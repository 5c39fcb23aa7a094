package dev.sluice.backend;

/** What happens to a session after its enqueue: protocol 4.2, 4.3, 4.6 and section 7. */
public interface Sessions {

  /**
   * A session, live or ended, as one consistent record.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}, {@link Refusal#DAMAGED}
   */
  Decided<Session> find(String org, String sessionId);

  /**
   * Applies a status report by {@link SessionState#onReport}, with all effects of an end (claim,
   * slot, inbox) in the same step and once a session.
   *
   * <p>An accepted call is a sign of life: it renews the worker's lease and accepts the claim.
   * Within the grace of a stop, the owner's first finalizing or terminal report releases the slot,
   * also where it is answered as late or as a conflict. A session whose claim was lost by time, and
   * which still waits, is re-attached to its last owner first, with a new token and whatever the
   * worker's capacity.
   *
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#NOT_OWNER} if the
   *     worker isn't its owner (of an ended session: wasn't), or names an older token; {@link
   *     Refusal#DAMAGED}
   */
  Decided<StatusResult> report(String org, String sessionId, Holder holder, StatusReport report);

  /**
   * Gives a claimed session back, protocol 4.6: original item and score, place {@link
   * Place#RETURNED} for the back-off, slot freed, counted apart from lost claims. Never re-attached
   * afterwards.
   *
   * @return true if it returned to the queue now; false if this worker's nack had returned it
   *     before and it still waits
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}; {@link Refusal#NOT_OWNER}; {@link
   *     Refusal#WRONG_STATE} if it runs already or has ended; {@link Refusal#DAMAGED}
   */
  Decided<Boolean> nack(String org, String sessionId, Holder holder);

  /**
   * Stops a session. Waiting work ends as {@code stopped}. A claimed session becomes {@code
   * stopped} at once and is sent an urgent {@code stop}, the only message offered to it from then
   * on; claim and slot are released at the worker's first sign that it ended (finalizing, a
   * terminal status, the acknowledged stop) or after the grace, whichever is first, once. On an
   * ended session nothing changes.
   *
   * @return the session after it, and the message sent
   * @throws RefusedException {@link Refusal#UNKNOWN_SESSION}, {@link Refusal#DAMAGED}
   */
  Decided<StopResult> stop(String org, String sessionId, StopOrder order);
}
