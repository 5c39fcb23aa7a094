package dev.sluice.service.http.operator;

import dev.sluice.service.http.AuthEdge;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;

abstract class OpsContract {

  /** One nack makes a dead letter, a poll claims many, few events are kept: it speeds up scenes. */
  private static final List<String> OVERRIDES =
      List.of(
          "limits.maxNacks=1",
          "limits.itemsPerPoll=100",
          "webhooks.allowPrivate=true",
          EventsContract.OVERRIDE);

  static String[] with(String... more) {
    return Stream.concat(OVERRIDES.stream(), Stream.of(more)).toArray(String[]::new);
  }

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
  class NoWork extends WhyNoWorkContract {
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
  class Events extends EventsContract {
    @Override
    protected AuthEdge edge() {
      return OpsContract.this.edge();
    }
  }

  @Nested
  class Webhooks extends WebhookContract {
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
