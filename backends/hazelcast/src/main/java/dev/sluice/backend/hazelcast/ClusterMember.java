package dev.sluice.backend.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.PrivateFiles;
import dev.sluice.backend.engine.HintDispatcher;
import dev.sluice.backend.hazelcast.epoch.Council;
import dev.sluice.backend.hazelcast.epoch.CouncilListener;
import dev.sluice.backend.hazelcast.epoch.Gate;
import dev.sluice.backend.hazelcast.epoch.Seats;
import dev.sluice.backend.store.BackendEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member of a cluster: its instances, one after the other, and its part in the epochs. */
final class ClusterMember implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterMember.class);

  private static final long LOOK_MS = 50;
  private static final long REMIND_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Gate gate = new Gate();
  private final List<Consumer<HazelcastInstance>> users = new CopyOnWriteArrayList<>();
  private final Queue<String> acceptedBy = new ConcurrentLinkedQueue<>();
  private final String name;
  private final ClusterInstance instance;
  private final Council council;
  private volatile @Nullable Consumer<String> accepted;

  ClusterMember(Supplier<Config> configs, ClusterOptions cluster, BackendEnvironment environment) {
    Seats seats = cluster.seats();
    name = seats.names().get(seats.self());
    Path directory = environment.dataDirectory();
    instance =
        new ClusterInstance(
            configs,
            seats.names(),
            Map.of(
                Gate.class.getName(),
                gate,
                HintDispatcher.class.getName(),
                new HintDispatcher(),
                ClusterHealth.SIZE,
                seats.names().size()),
            started -> users.forEach(user -> user.accept(started)),
            () -> environment.onFailure().accept("the Hazelcast member has stopped; start again"));
    try {
      PrivateFiles.directory(directory, LOG::warn);
      council =
          new Council(
              seats,
              cluster.clusterName(),
              cluster.key(),
              directory,
              instance,
              gate,
              new CouncilListener() {
                @Override
                public void failed(String words) {
                  environment.onFailure().accept(words);
                }

                @Override
                public void accepted(String operator) {
                  acceptedBy.add(operator);
                  tellAccepted();
                }
              });
    } catch (IOException e) {
      throw doesNotStart(e);
    }
    try {
      council.start();
    } catch (IOException e) {
      close();
      throw doesNotStart(e);
    }
  }

  private static BackendUnavailableException doesNotStart(IOException e) {
    return new BackendUnavailableException(
        "the member of the cluster doesn't start: " + e.getMessage(), false, e);
  }

  /** Returns the instance once this member serves. */
  HazelcastInstance awaitService() {
    long remindNanos = System.nanoTime();
    while (true) {
      HazelcastInstance running = instance.running();
      if (running != null && gate.number() != Gate.CLOSED) {
        return running;
      }
      if (System.nanoTime() - remindNanos > REMIND_NANOS) {
        remindNanos = System.nanoTime();
        LOG.info("Waiting: {}", gate.problem());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BackendUnavailableException("interrupted while waiting for members", false, e);
      }
    }
  }

  /** Gives it each instance from now on. */
  void use(Consumer<HazelcastInstance> user) {
    users.add(user);
    HazelcastInstance running = instance.running();
    if (running != null) {
      user.accept(running);
    }
  }

  /** Its address, as the members are configured. */
  String name() {
    return name;
  }

  /** Gives it the operators by whose word this member served, each on a thread of its own. */
  void onAccepted(Consumer<String> noter) {
    accepted = noter;
    tellAccepted();
  }

  private void tellAccepted() {
    Consumer<String> noter = accepted;
    @Nullable String operator = noter == null ? null : acceptedBy.poll();
    if (noter != null && operator != null) {
      Thread thread = new Thread(() -> noter.accept(operator), "sluice-accepted");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public void close() {
    council.renounce();
    instance.close();
    council.close();
  }
}
