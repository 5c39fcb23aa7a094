package dev.sluice.backend.hazelcast;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.config.TcpIpConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import dev.sluice.backend.hazelcast.epoch.Gate;
import dev.sluice.backend.hazelcast.epoch.Instance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and ends the instances of a member of a cluster, one at a time on a thread of its own. */
final class ClusterInstance implements Instance, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterInstance.class);

  private static final String TICKET = "sluice.ticket";

  private final Supplier<Config> configs;
  private final List<String> members;
  private final Map<String, Object> context = new ConcurrentHashMap<>();
  private final Consumer<HazelcastInstance> onStart;
  private final Runnable onStop;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "sluice-instance");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Now now = new Now(Stage.NONE, UUID.randomUUID(), null);
  private volatile boolean closed;
  private volatile boolean checking;
  private volatile Check check = new Check(-1, false);

  private record Now(Stage stage, UUID ticket, @Nullable HazelcastInstance running) {}

  private record Check(long number, boolean safe) {}

  /**
   * @param configs give a new configuration, of the same wire format, for each instance
   * @param members addresses by seat
   * @param shared what all instances have in their user context
   * @param onStart gets each instance
   * @param onStop is called when an instance has stopped by itself
   */
  ClusterInstance(
      Supplier<Config> configs,
      List<String> members,
      Map<String, Object> shared,
      Consumer<HazelcastInstance> onStart,
      Runnable onStop) {
    this.configs = configs;
    this.members = members;
    this.onStart = onStart;
    this.onStop = onStop;
    context.putAll(shared);
  }

  @Override
  public Stage stage() {
    return now.stage;
  }

  @Override
  public UUID ticket() {
    return now.ticket;
  }

  @Nullable HazelcastInstance running() {
    return now.running;
  }

  @Override
  public List<UUID> view() {
    HazelcastInstance running = now.running;
    if (running == null || !running.getLifecycleService().isRunning()) {
      return List.of();
    }
    List<UUID> view = new ArrayList<>();
    running.getCluster().getMembers().forEach(member -> view.add(ticket(member)));
    return view;
  }

  private static UUID ticket(Member member) {
    String ticket = member.getAttribute(TICKET);
    return ticket == null ? member.getUuid() : UUID.fromString(ticket);
  }

  @Override
  public Gate.@Nullable View view(Set<UUID> tickets) {
    HazelcastInstance running = now.running;
    if (running == null || !running.getLifecycleService().isRunning()) {
      return null;
    }
    Cluster cluster = running.getCluster();
    Set<Member> members = cluster.getMembers();
    Set<UUID> seen = new HashSet<>();
    members.forEach(member -> seen.add(ticket(member)));
    // Hazelcast makes a new set for each change
    return seen.equals(tickets) ? () -> cluster.getMembers() == members : null;
  }

  @Override
  public void found() {
    replace(TcpIpConfig::clear, "as the first");
  }

  @Override
  public void join(int seat) {
    String member = members.get(seat);
    replace(join -> join.clear().setRequiredMember(member), "beside " + member);
  }

  private void replace(Consumer<TcpIpConfig> join, String how) {
    Now before = now;
    HazelcastInstance old = before.running;
    UUID ticket = old == null ? before.ticket : UUID.randomUUID();
    now = new Now(Stage.CHANGING, ticket, null);
    executor.execute(
        () -> {
          try {
            if (old != null) {
              old.getLifecycleService().terminate();
            }
          } finally {
            start(ticket, join, how);
          }
        });
  }

  private void start(UUID ticket, Consumer<TcpIpConfig> join, String how) {
    if (closed) {
      return;
    }
    Config config = configs.get();
    MemberLayout.forget(config);
    config.getMemberAttributeConfig().setAttribute(TICKET, ticket.toString());
    config.getUserContext().putAll(context);
    join.accept(config.getAdvancedNetworkConfig().getJoin().getTcpIpConfig());
    @Nullable HazelcastInstance made = null;
    try {
      HazelcastInstance started = Hazelcast.newHazelcastInstance(config);
      made = started;
      started
          .getLifecycleService()
          .addLifecycleListener(
              event -> {
                HazelcastInstance running = now.running;
                if (event.getState() == LifecycleState.SHUTDOWN
                    && !closed
                    && started.equals(running)) {
                  onStop.run();
                }
              });
      onStart.accept(started);
      now = new Now(Stage.RUNNING, ticket, started);
      LOG.info("An instance of this member has started {}", how);
      if (closed) {
        started.getLifecycleService().terminate(); // nothing else ends it now
      }
    } catch (RuntimeException e) {
      LOG.warn("No instance of this member starts {}: {}", how, e.toString());
      if (made != null) {
        made.getLifecycleService().terminate(); // it holds the port
      }
      now = new Now(Stage.NONE, UUID.randomUUID(), null);
    }
  }

  @Override
  public boolean safe(long number) {
    Check last = check;
    if (last.number == number && last.safe) {
      return true;
    }
    HazelcastInstance running = now.running;
    if (!checking && running != null) {
      checking = true;
      executor.execute(
          () -> {
            try {
              check = new Check(number, allHaveAll(running));
            } catch (HazelcastException | IllegalStateException e) {
              LOG.debug("the copies can't be compared", e);
            } finally {
              checking = false;
            }
          });
    }
    return false;
  }

  private static boolean allHaveAll(HazelcastInstance running) {
    // begins to share out the partitions, which nothing has asked for in a new cluster
    return running.getPartitionService().getPartition(TICKET).getOwner() != null
        && running.getPartitionService().isClusterSafe();
  }

  /** Gives the partitions back, if it can in time. */
  @Override
  public void close() {
    closed = true;
    HazelcastInstance running = now.running;
    if (running != null) {
      running.shutdown();
    }
    now = new Now(Stage.NONE, now.ticket, null);
    executor.shutdownNow();
  }
}
