package dev.sluice.service.transfer;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.transfer.Transfers;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.WorkerCaller;
import java.security.Principal;
import java.util.Optional;

/** The closures of the orgs of callers, for the words of a refusal. */
public record Closures(Transfers transfers) {

  /** Empty if the caller's org is open by now, or the store doesn't tell. */
  public Optional<Closure> of(Principal principal) {
    Principal known = principal instanceof WorkerCaller worker ? worker.caller() : principal;
    try {
      return known instanceof Caller caller ? transfers.closure(caller.org()) : Optional.empty();
    } catch (BackendUnavailableException e) {
      return Optional.empty(); // the caller is answered without the reason
    }
  }
}
