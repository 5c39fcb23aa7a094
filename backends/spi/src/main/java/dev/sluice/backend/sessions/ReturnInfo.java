package dev.sluice.backend.sessions;

import dev.sluice.backend.work.DeadReason;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a session came back from its last claim, or died, and who nacked it.
 *
 * @param nackedBy until the next claim
 * @param returnUntilMs earliest end of a back-off while it waits, epoch ms; 0 for none
 * @param lostBy worker that lost the claim by time and may re-attach
 * @param nackers since it last ran, in the order of their first nacks; empty in older bytes
 */
@RecordBuilder
public record ReturnInfo(
    @Nullable String nackedBy,
    long returnUntilMs,
    @Nullable String lostBy,
    @Nullable DeadReason dead,
    List<Nacker> nackers)
    implements ReturnInfoBuilder.With {

  public static final ReturnInfo NONE = new ReturnInfo(null, 0, null, null, List.of());

  public ReturnInfo {
    if (nackers.isEmpty() && nackedBy != null) {
      nackers = List.of(new Nacker(nackedBy, 1, returnUntilMs));
    }
  }

  /** The earliest end of their back-offs, epoch ms; 0 if there is none. */
  public static long earliest(List<Nacker> nackers) {
    long earliest = 0;
    for (Nacker nacker : nackers) {
      if (nacker.keptAway() && (earliest == 0 || nacker.untilMs() < earliest)) {
        earliest = nacker.untilMs();
      }
    }
    return earliest;
  }

  /** True if a worker other than this one denied it for good. */
  public boolean deniedByOther(String worker) {
    return nackers.stream()
        .anyMatch(nacker -> nacker.denied() && !nacker.workerId().equals(worker));
  }
}
