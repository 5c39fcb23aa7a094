package dev.sluice.service.http.operator;

import dev.sluice.service.http.AuthEdge;
import org.junit.jupiter.api.Nested;

abstract class OpsContract {

  /** One nack makes a dead letter and a poll claims many, which speeds up scenes. */
  static final String[] OVERRIDES = {"limits.maxNacks=1", "limits.itemsPerPoll=100"};

  protected abstract AuthEdge edge();

  @Nested
  class Day extends FleetDayContract {
    @Override
    protected AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Levels extends AttestedLevelsContract {
    @Override
    protected AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Waiting extends WorkOrderContract {
    @Override
    protected AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Queues extends QueueContract {
    @Override
    protected AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Autoscaling extends AutoscaleContract {
    @Override
    protected AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Hosts extends HostContract {
    @Override
    protected AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class DeadLetters extends DeadLetterContract {
    @Override
    protected AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Cursors extends SealedCursorContract {
    @Override
    protected AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Bulk extends BulkContract {
    @Override
    protected AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class History extends HistoryContract {
    @Override
    protected AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Search extends SearchContract {
    @Override
    protected AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Keys extends KeyContract {
    @Override
    protected AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Orgs extends CrossOrgContract {
    @Override
    protected AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }
}
