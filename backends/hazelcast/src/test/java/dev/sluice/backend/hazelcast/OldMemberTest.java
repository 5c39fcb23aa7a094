package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.ReplicaMigrationEvent;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.WireFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Members that are too old for the stored data. */
class OldMemberTest extends TwoBuilds {

  private static final String TOO_OLD =
      "the stored data has layout "
          + NEW
          + ", this Sluice knows up to "
          + OLD
          + ": start the newer release";

  @Test
  void a_member_that_is_too_old_is_refused_and_nothing_is_lost() throws Exception {
    HazelcastBackend first = start(0, NEWER);
    work(first);
    assertThat(first.upkeep().nodes().layout()).as("of an empty store").isEqualTo(NEW);
    Map<String, String> before = dumps(first);
    Map<StoreTable, Integer> sizes = sizes(first);

    assertThatThrownBy(() -> start(1, OLDER))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageEndingWith(TOO_OLD);
    SecondMember.awaitAlone(first.member());
    assertThat(dumps(first)).isEqualTo(before);

    CountDownLatch failed = new CountDownLatch(1);
    first.member().getPartitionService().addMigrationListener(new Failures(failed));
    HazelcastInstance stays = Hazelcast.newHazelcastInstance(config(1, OLDER));
    failed.await(); // a partition with an org can't move to it
    stays.getLifecycleService().terminate();
    SecondMember.awaitAlone(first.member());
    assertThat(dumps(first)).as("after it was killed").isEqualTo(before);
    assertThat(sizes(first)).isEqualTo(sizes);
    work(first);
  }

  @Test
  void a_running_member_that_has_become_too_old_leaves() {
    HazelcastBackend older = start(0, OLDER);
    HazelcastBackend newer = start(1, NEWER);
    work(older);
    Map<String, String> before = dumps(newer);
    newer
        .member()
        .getMap(MemberConfig.REGISTRY)
        .set("version", new WireFormat().toBytes((long) NEW));

    assertThatThrownBy(newer.upkeep()::sweep)
        .as("of orgs on the older member")
        .isInstanceOf(BackendUnavailableException.class);
    assertThatThrownBy(() -> older.work().counts("org-0"))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage(TOO_OLD);
    assertThat(older.upkeep().health().problems()).hasSize(1);
    assertThatThrownBy(older.upkeep()::sweep).isInstanceOf(BackendUnavailableException.class);
    SecondMember.awaitAlone(newer.member());
    assertThat(withoutRepeats(dumps(newer))).isEqualTo(withoutRepeats(before));
    newer.upkeep().sweep();
    assertThat(newer.upkeep().nodes().layout()).isEqualTo(NEW);
  }

  @Test
  void a_build_that_tells_no_layout_keeps_others_from_starting() {
    Config unknown = config(0, OLDER);
    unknown.getMemberAttributeConfig().setAttributes(Map.of());
    Hazelcast.newHazelcastInstance(unknown);

    assertThatThrownBy(() -> start(1, NEWER))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageEndingWith(
            addresses.get(0)
                + " runs a build from before release 0.1.0: stop it before this one starts");
  }

  private static Map<StoreTable, Integer> sizes(HazelcastBackend backend) {
    Map<StoreTable, Integer> sizes = new HashMap<>();
    for (StoreTable table : StoreTable.values()) {
      sizes.put(table, backend.member().getMap(MemberConfig.mapOf(table)).size());
    }
    return sizes;
  }

  private record Failures(CountDownLatch failed) implements MigrationListener {

    @Override
    public void migrationStarted(MigrationState state) {}

    @Override
    public void migrationFinished(MigrationState state) {}

    @Override
    public void replicaMigrationCompleted(ReplicaMigrationEvent event) {}

    @Override
    public void replicaMigrationFailed(ReplicaMigrationEvent event) {
      failed.countDown();
    }
  }
}
