package dev.sluice.service.http;

import org.junit.jupiter.api.Nested;

/**
 * What the HTTP edge does with wrong input and wrong callers, on one backend and one running
 * service, whose whole log is searched for secrets at the end.
 */
abstract class EdgeContract {

  /** So that dead letters are made without waiting. */
  static final String ONE_NACK = "limits.maxNacks=1";

  /** The running service, with {@link #ONE_NACK}. */
  abstract AuthEdge edge();

  @Nested
  class Input extends BadInputContract {
    @Override
    SluiceServer server() {
      return edge().server();
    }
  }

  @Nested
  class Requests extends BadInputRequestContract {
    @Override
    SluiceServer server() {
      return edge().server();
    }
  }

  @Nested
  class Smuggled extends SmuggledCallContract {
    @Override
    SluiceServer server() {
      return edge().server();
    }
  }

  @Nested
  class Tokens extends AuthTokenContract {
    @Override
    AuthEdge edge() {
      return EdgeContract.this.edge();
    }
  }

  @Nested
  class Modes extends AuthModesContract {
    @Override
    AuthEdge edge() {
      return EdgeContract.this.edge();
    }
  }

  @Nested
  class AuditLines extends AuditContract {
    @Override
    AuthEdge edge() {
      return EdgeContract.this.edge();
    }
  }

  @Nested
  class Order extends AuthOrderContract {
    @Override
    AuthEdge edge() {
      return EdgeContract.this.edge();
    }
  }

  @Nested
  class Faults extends AuthFaultContract {
    @Override
    AuthEdge edge() {
      return EdgeContract.this.edge();
    }
  }
}
