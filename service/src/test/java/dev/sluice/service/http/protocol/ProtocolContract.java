package dev.sluice.service.http.protocol;

import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.auth.CredentialModesContract;
import dev.sluice.service.http.operator.ListCallsContract;
import dev.sluice.service.http.operator.UnreadContract;
import dev.sluice.service.http.producer.BatchContract;
import dev.sluice.service.http.producer.ExecutionSecurityContract;
import dev.sluice.service.http.producer.FollowContract;
import dev.sluice.service.http.producer.IdempotencyContract;
import dev.sluice.service.http.producer.ItemTypesContract;
import dev.sluice.service.http.producer.LabelContract;
import dev.sluice.service.http.producer.OrgContract;
import dev.sluice.service.http.producer.PublicContract;
import dev.sluice.service.http.producer.PublicSessionContract;
import dev.sluice.service.http.producer.SealedItemContract;
import dev.sluice.service.http.producer.SubjectContract;
import dev.sluice.service.http.producer.TaskContract;
import dev.sluice.service.http.producer.TraceContextContract;
import dev.sluice.service.http.producer.WaitingContract;
import dev.sluice.service.http.producer.WorkBatchContract;
import dev.sluice.service.http.worker.ActivityContract;
import dev.sluice.service.http.worker.AttemptContract;
import dev.sluice.service.http.worker.ClaimCallsContract;
import dev.sluice.service.http.worker.ClientFixtures;
import dev.sluice.service.http.worker.DaemonPathsContract;
import dev.sluice.service.http.worker.DialectContract;
import dev.sluice.service.http.worker.FailedRunContract;
import dev.sluice.service.http.worker.ForeignCallsContract;
import dev.sluice.service.http.worker.HeartbeatContract;
import dev.sluice.service.http.worker.HeldSessionsContract;
import dev.sluice.service.http.worker.HostStatusContract;
import dev.sluice.service.http.worker.InjectContract;
import dev.sluice.service.http.worker.ListedRepositoriesContract;
import dev.sluice.service.http.worker.NotServedContract;
import dev.sluice.service.http.worker.OwnershipContract;
import dev.sluice.service.http.worker.QuotaContract;
import dev.sluice.service.http.worker.RegistrationContract;
import dev.sluice.service.http.worker.SpellingsContract;
import dev.sluice.service.http.worker.SuccessorContract;
import dev.sluice.service.http.worker.TrackerContract;
import org.junit.jupiter.api.Nested;

/** The wire as {@code docs/protocol.md} states it. */
abstract class ProtocolContract {

  protected abstract SluiceServer server();

  @Nested
  class Fixtures extends ClientFixtures {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Spellings extends SpellingsContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Dialects extends DialectContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Decoding extends StrictDecodingContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Claims extends ClaimCallsContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Credentials extends CredentialModesContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Unserved extends NotServedContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Connections extends UnreadBodyContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Ownership extends OwnershipContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Lists extends ListCallsContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Waiting extends WaitingContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Subjects extends SubjectContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Labels extends LabelContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class TraceContexts extends TraceContextContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class WorkBatches extends WorkBatchContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class ItemTypes extends ItemTypesContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Seals extends SealedItemContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Security extends ExecutionSecurityContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class HostStatus extends HostStatusContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Quotas extends QuotaContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Keys extends IdempotencyContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Following extends FollowContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class DaemonPaths extends DaemonPathsContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Activities extends ActivityContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Unread extends UnreadContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Injects extends InjectContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Attempts extends AttemptContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Batch extends BatchContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class ForeignCalls extends ForeignCallsContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class People extends PublicContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class PublicSessions extends PublicSessionContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Tasks extends TaskContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Org extends OrgContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class HeldSessions extends HeldSessionsContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Successors extends SuccessorContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class FailedRuns extends FailedRunContract {

    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Trackers extends TrackerContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class ListedRepositories extends ListedRepositoriesContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Heartbeats extends HeartbeatContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Registrations extends RegistrationContract {
    @Override
    protected SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }
}
