package dev.sluice.service.http;

import org.junit.jupiter.api.Nested;

/** What producers and operators steer with, on one backend and one running service. */
abstract class OpsContract {

  /** One nack makes a dead letter, and a poll hands out many: scenes are made in less time. */
  static final String[] OVERRIDES = {"limits.maxNacks=1", "limits.itemsPerPoll=100"};

  /** The running service. */
  abstract AuthEdge edge();

  @Nested
  class Day extends FleetDayContract {
    @Override
    AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Waiting extends WorkOrderContract {
    @Override
    AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Queues extends QueueContract {
    @Override
    AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class DeadLetters extends DeadLetterContract {
    @Override
    AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Bulk extends BulkContract {
    @Override
    AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Keys extends KeyContract {
    @Override
    AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Orgs extends CrossOrgContract {
    @Override
    AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }
}
