package dev.sluice.service.replay;

import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.replay.clients.GoDaemonContract;
import dev.sluice.service.replay.clients.GoRunnerContract;
import dev.sluice.service.replay.clients.SnakeWorkerContract;
import dev.sluice.service.replay.clients.TypeScriptWorkerContract;
import org.junit.jupiter.api.Nested;

/**
 * Days in the lives of the real clients, and the absence of known defects of another server, on one
 * running service with a movable clock.
 */
abstract class ReplayContract {

  /** Settings that differ from {@code config.yml}. Polls are held, but not for long. */
  static final String[] SETTINGS = {
    "retention.silentWorkers=2h",
    "limits.unacknowledgedMessages=40",
    "polls.hold.standard=10ms",
    "polls.hold.snakeCase=10ms",
    "polls.hold.goDaemon=10ms"
  };

  protected abstract ReplayServer server();

  @Nested
  class HandOut extends HandOutDefectsContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }
  }

  @Nested
  class Recovery extends RecoveryDefectsContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }
  }

  @Nested
  class Restarts extends RestartContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }
  }

  @Nested
  class Transitions extends TransitionDefectsContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }
  }

  @Nested
  class Issues extends IssueDefectsContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }
  }

  @Nested
  class Inboxes extends InboxDefectsContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }
  }

  @Nested
  class StopsOfMany extends StopManyContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }
  }

  @Nested
  class Edges extends EdgeDefectsContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }
  }

  @Nested
  class Views extends ViewDefectsContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }
  }

  @Nested
  class TypeScriptWorkerWithALegacyKey extends TypeScriptWorkerContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }

    @Override
    public String key() {
      return SluiceServer.LEGACY_KEY;
    }
  }

  @Nested
  class TypeScriptWorkerWithARegistrationToken extends TypeScriptWorkerContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }

    @Override
    public String key() {
      return SluiceServer.REGISTRATION_TOKEN;
    }
  }

  @Nested
  class Nacks extends NackContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }
  }

  @Nested
  class GoDaemons extends GoDaemonContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }
  }

  @Nested
  class GoRunners extends GoRunnerContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }
  }

  @Nested
  class SnakeWorkers extends SnakeWorkerContract {
    @Override
    protected ReplayServer server() {
      return ReplayContract.this.server();
    }
  }
}
