package dev.sluice.backend.redis.function;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.nodes.StoreNodes;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The layout of the stored data. Announces this node to the store, which answers the layout in
 * force; a store whose layout this node can't read is refused.
 */
public final class Schema {

  /** The newest layout that this build knows. */
  public static final int NEWEST = 8;

  private static final int OLDEST = 7;

  /** A node that hasn't announced itself for this time is gone. */
  static final long LEASE_MS = 15_000;

  private static final long ANNOUNCE_MS = LEASE_MS / 3;

  /** Below the lease, and above the time between sweeps, which announce too. */
  private static final long CHECKED_MS = LEASE_MS * 2 / 3;

  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

  private static final CommandArguments READ = new CommandArguments(Command.GET).key(Keys.VERSION);

  private final RedisCalls calls;
  private final FunctionSender sender;
  private final StoreTime time;
  private final FunctionLibrary library;
  private final String node = NodeInfo.newName();

  private volatile Layouts layouts;
  private volatile @Nullable Passed passed;

  /**
   * A check that passed.
   *
   * @param failures at that time
   * @param atMs before its request
   */
  private record Passed(RedisCalls.Failed failures, long atMs) {}

  /**
   * @param newest {@link #NEWEST}; tests play the next release
   */
  public Schema(RedisCalls calls, Rules rules, StoreTime time, int newest) {
    this.calls = calls;
    this.time = time;
    sender = new FunctionSender(calls);
    layouts = new Layouts(Math.max(OLDEST, newest - 1), newest, newest);
    library = FunctionLibrary.of(rules, layouts);
  }

  /**
   * Checks at the first call, after a connection failed, since another store may have come up then,
   * and after a time without one, as in a pause of this process, since the others may have gone on
   * to a newer layout.
   *
   * @throws BackendUnavailableException if this node can't read the layout, or the store doesn't
   *     answer
   */
  public void check() {
    Passed seen = passed;
    if (seen == null || !calls.failures(READ).equals(seen.failures()) || isOver(seen, CHECKED_MS)) {
      checkNow();
    }
  }

  /**
   * In a cluster, once a check has passed, calls to other servers don't need the one that holds the
   * layout: each org has its own number of it.
   */
  public void check(String key) {
    Passed seen = passed;
    if (seen == null) {
      checkNow();
      return;
    }
    RedisCalls.Failed now = calls.failures(READ);
    if ((!now.equals(seen.failures()) || isOver(seen, CHECKED_MS))
        && calls.holds(now.server(), key)) {
      checkNow();
    }
  }

  /** Announces this node in time. */
  public void announce() {
    Passed seen = passed;
    if (seen == null || isOver(seen, ANNOUNCE_MS)) {
      checkNow();
    }
  }

  private boolean isOver(Passed seen, long ms) {
    long passedMs = nowMs() - seen.atMs();
    return passedMs > ms || passedMs < 0;
  }

  public void checkNow() {
    nodes();
  }

  /** Announces this node, and returns all. */
  public StoreNodes nodes() {
    RedisCalls.Failed failures = calls.failures(READ);
    long now = nowMs();
    List<String> answer = Reply.texts(announced());
    if (answer.size() == 1) {
      passed = null;
      throw layouts.refusal(answer.get(0));
    }
    int inForce = Integer.parseInt(answer.get(0));
    if (!answer.get(1).equals("0")) {
      LOG.info(
          "The stored data now has layout {} (was {}), which all nodes know",
          inForce,
          answer.get(1));
    }
    layouts = layouts.with(inForce);
    passed = new Passed(failures, now);
    List<NodeInfo> nodes = new ArrayList<>();
    for (int i = 2; i < answer.size(); i += 2) {
      nodes.add(nodeOf(answer.get(i), answer.get(i + 1)));
    }
    nodes.sort(Comparator.comparing(NodeInfo::name));
    return new StoreNodes(inForce, nodes);
  }

  private Object announced() {
    try {
      try {
        return sender.send(library, announcement(LuaFunction.ANNOUNCE.functionName()), true);
      } catch (JedisDataException e) {
        if (!String.valueOf(e.getMessage()).startsWith("READONLY ")) {
          throw e;
        }
        return sender.send(library, announcement(LuaFunction.ANNOUNCE.nameOfReading()), true);
      }
    } catch (JedisDataException e) {
      throw Failures.of(e);
    }
  }

  private CommandArguments announcement(String function) {
    return FunctionSender.command(library, function, 2)
        .key(Keys.VERSION)
        .key(Keys.NODES)
        .add(timeArgument())
        .add(node)
        .add(NodeInfo.RELEASE);
  }

  private static NodeInfo nodeOf(String name, String value) {
    List<String> fields = Text.fields(value);
    return new NodeInfo(
        name, fields.get(2), Integer.parseInt(fields.get(0)), Long.parseLong(fields.get(1)));
  }

  /** Refuses a store of another layout at the start. One that is away is checked later. */
  public void start() {
    try {
      checkNow();
    } catch (BackendUnavailableException e) {
      if (e.getCause() instanceof Layouts.OtherLayoutException) {
        throw e;
      }
      LOG.debug("the layout isn't known yet", e);
    }
  }

  /** Takes this node off the list at once, so that an upgrade doesn't wait for its lease. */
  public void leave() {
    if (passed != null) {
      passed = null;
      try {
        calls.send(new CommandArguments(Command.HDEL).key(Keys.NODES).add(node), true);
      } catch (BackendUnavailableException | JedisDataException e) {
        LOG.debug("the node's entry ends by its time", e);
      }
    }
  }

  /** True for a call that an org refused whose layout is read no longer. */
  public static boolean tooOld(RuntimeException failure) {
    return failure.getCause() instanceof Layouts.OtherLayoutException other && !other.newer();
  }

  Layouts layouts() {
    return layouts;
  }

  public int inForce() {
    return layouts.inForce();
  }

  /** The environment's time, else this machine's. */
  long nowMs() {
    return time.nowMs().orElseGet(System::currentTimeMillis);
  }

  /** The environment's time; empty for the server's. */
  String timeArgument() {
    OptionalLong now = time.nowMs();
    return now.isPresent() ? String.valueOf(now.getAsLong()) : "";
  }
}
