package dev.sluice.service.http.auth;

import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.input.BadInputContract;
import dev.sluice.service.http.input.BadInputRequestContract;
import dev.sluice.service.http.input.SmuggledCallContract;
import org.junit.jupiter.api.Nested;

/** The HTTP edge against wrong input and callers; its log is searched for secrets at the end. */
abstract class EdgeContract {

  static final String ONE_NACK = "limits.maxNacks=1";

  /** The running service, with {@link #ONE_NACK}. */
  protected abstract AuthEdge edge();

  /** True to send refused input too, which doesn't depend on the store. */
  abstract boolean refusals();

  @Nested
  class Input extends BadInputContract {
    @Override
    protected boolean refusals() {
      return EdgeContract.this.refusals();
    }

    @Override
    protected SluiceServer server() {
      return edge().server();
    }
  }

  @Nested
  class Requests extends BadInputRequestContract {
    @Override
    protected SluiceServer server() {
      return edge().server();
    }
  }

  @Nested
  class Smuggled extends SmuggledCallContract {
    @Override
    protected SluiceServer server() {
      return edge().server();
    }
  }

  @Nested
  class Tokens extends AuthTokenContract {
    @Override
    protected AuthEdge edge() {
      return EdgeContract.this.edge();
    }
  }

  @Nested
  class Modes extends AuthModesContract {
    @Override
    protected AuthEdge edge() {
      return EdgeContract.this.edge();
    }
  }

  @Nested
  class AuditLines extends AuditContract {
    @Override
    protected AuthEdge edge() {
      return EdgeContract.this.edge();
    }
  }

  @Nested
  class Order extends AuthOrderContract {
    @Override
    protected AuthEdge edge() {
      return EdgeContract.this.edge();
    }
  }

  @Nested
  class Faults extends AuthFaultContract {
    @Override
    protected AuthEdge edge() {
      return EdgeContract.this.edge();
    }
  }
}
