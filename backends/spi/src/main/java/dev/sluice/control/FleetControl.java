package dev.sluice.control;

import dev.sluice.backend.Enqueued;
import dev.sluice.backend.Message;
import dev.sluice.backend.NewMessage;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.StopOrder;
import dev.sluice.backend.StopResult;
import java.util.List;

/**
 * What producers and operators may change. Every verb but the enqueue, which stands on the session
 * itself, leaves an audit line. Refusals are those of the backend.
 */
public interface FleetControl {

  /** See {@link dev.sluice.backend.WorkQueue#enqueue}. */
  List<Enqueued> enqueue(Actor actor, List<NewWork> items);

  /** Cancels waiting work, stops running work; see {@link dev.sluice.backend.Sessions#stop}. */
  StopResult stop(Actor actor, String sessionId, StopOrder order);

  /** See {@link dev.sluice.backend.Inboxes#send}. */
  Message send(Actor actor, String sessionId, NewMessage message);

  /** Deletes a worker; see {@link dev.sluice.backend.Workers#deregister}. */
  List<String> deregister(Actor actor, String workerId);
}
