package dev.sluice.backend.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.map.IMap;
import dev.sluice.backend.AnswerNumbers;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.RandomOperations;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.engine.wire.Layouts.Added;
import dev.sluice.backend.engine.write.UpkeepOperations.SetTime;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.tck.MovableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;

/** Members of two builds, of which the older one refuses all that came with the newer layout. */
@Timeout(300)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class TwoBuilds {

  static final int OLD = Layouts.OF_THIS_BUILD.newest();
  static final int NEW = OLD + 1;

  /** As if these came with the next layout: in states and changes, stored keys, and calls. */
  static final Layouts NEWER =
      Layouts.OF_THIS_BUILD.with(
          new Added(NEW, AuditLine.class, List.of("times", "lastAtMs")),
          new Added(NEW, Key.class, List.of("mintedBy")),
          new Added(NEW, SetTime.class, List.of()));

  static final Layouts OLDER = NEWER.upTo(OLD);
  static final AuditNote BY = new AuditNote("who", "why");
  static final List<String> ORGS = IntStream.range(0, 12).mapToObj(i -> "org-" + i).toList();

  final MovableClock clock = new MovableClock();
  final List<String> addresses = new ArrayList<>();
  private final Map<String, RandomOperations> samples = new HashMap<>();

  @BeforeEach
  void choosePorts() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        addresses.add("127.0.0.1:" + socket.getLocalPort());
      }
    }
    ORGS.forEach(org -> samples.put(org, new RandomOperations(org.hashCode(), 100)));
  }

  @AfterEach
  void end() {
    Hazelcast.getAllHazelcastInstances().forEach(each -> each.getLifecycleService().terminate());
  }

  /** Each org is on one of the members, and called from the given one. */
  void work(HazelcastBackend backend) {
    for (String org : ORGS) {
      RandomOperations some = samples.get(org);
      HazelcastMember node =
          new HazelcastMember(backend.member(), () -> OptionalLong.of(some.nowMs()));
      HazelcastStore store =
          new HazelcastStore(node, RandomOperations.rules(), AnswerNumbers.UNHEARD);
      backend.audit().add(org, BY, "a", "b", "");
      backend.audit().add(org, BY, "a", "b", ""); // counted in the line before
      for (int i = 0; i < 300; i++) {
        store.carryOut(org, some.next(), List.of(), null);
      }
    }
  }

  /** Returns once all copies are made; a write meanwhile may wait for its own in vain. */
  HazelcastBackend start(int index, Layouts layouts) {
    HazelcastBackend backend =
        HazelcastBackend.start(
            config(index, layouts),
            new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), clock),
            ClusterHealth::awaitHolders);
    SecondMember.awaitSafe(backend.member(), backend.member().getCluster().getMembers().size());
    return backend;
  }

  Config config(int index, Layouts layouts) {
    Config config =
        MemberConfig.inCluster(options(index), MemberLayout.format(layouts))
            // other tests may keep a copy from being made for seconds
            .setProperty("hazelcast.operation.backup.timeout.millis", "60000");
    // test processors use Java serialization
    config
        .getSerializationConfig()
        .getJavaSerializationFilterConfig()
        .getWhitelist()
        .addPackages(Dump.class.getPackageName());
    return config;
  }

  /** Two members in the list, so that one goes on alone. */
  private ClusterOptions options(int index) {
    List<String> members =
        index == 0
            ? addresses.subList(0, 2)
            : List.of(addresses.get(index == 1 ? 0 : 1), addresses.get(index));
    int port = Integer.parseInt(addresses.get(index).replaceFirst(".*:", ""));
    return new ClusterOptions(
        members, port, "127.0.0.1", "test", "0123456789abcdef0123456789abcdef");
  }

  static Map<String, String> dumps(HazelcastBackend backend) {
    IMap<String, OrgState> map = backend.member().getMap(MemberConfig.ORGS);
    Map<String, String> dumps = new HashMap<>();
    ORGS.forEach(org -> dumps.put(org, map.executeOnKey(org, new Dump())));
    return dumps;
  }

  /** Leaves out the repeats of an audit line, which copies at the older layout lack. */
  static Map<String, String> withoutRepeats(Map<String, String> dumps) {
    dumps.replaceAll((org, dump) -> dump.replaceAll("times=\\d+, lastAtMs=\\d+", ""));
    return dumps;
  }
}
