package dev.sluice.service.http;

import org.junit.jupiter.api.Nested;

/** All that {@code docs/protocol.md} states of the wire, on one backend and one running service. */
abstract class ProtocolContract {

  /** The running service. */
  abstract SluiceServer server();

  @Nested
  class Fixtures extends ClientFixtures {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Spellings extends SpellingsContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Dialects extends DialectContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Decoding extends StrictDecodingContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Claims extends ClaimsContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Credentials extends CredentialModesContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Unserved extends NotServedContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Connections extends UnreadBodyContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Ownership extends OwnershipContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Lists extends ListsContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Waiting extends WaitingContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Keys extends IdempotencyContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Following extends FollowContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class DaemonPaths extends DaemonPathsContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Activities extends ActivityContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Unread extends UnreadContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Injects extends InjectContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Attempts extends AttemptContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Batch extends BatchContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class ForeignCalls extends ForeignCallsContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class People extends PublicContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Org extends OrgContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }

  @Nested
  class Registrations extends RegistrationContract {
    @Override
    SluiceServer server() {
      return ProtocolContract.this.server();
    }
  }
}
