package dev.sluice.backend.hazelcast;

import com.hazelcast.core.ReadOnly;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.read.ReadOperation;

/** Reads only, so Hazelcast skips locks and backups. */
@SuppressWarnings("serial") // travels by OrgSerialization
final class OrgReader extends OrgProcessor implements ReadOnly {

  private static final long serialVersionUID = 1L;

  OrgReader(OrgCall call) {
    this(call, true);
  }

  OrgReader(OrgCall call, boolean callerHoldsThis) {
    super(call, callerHoldsThis);
    if (!(call.operation() instanceof ReadOperation)) {
      throw new IllegalArgumentException(call.operation() + " doesn't only read");
    }
  }
}
