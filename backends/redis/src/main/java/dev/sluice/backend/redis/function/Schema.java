package dev.sluice.backend.redis.function;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.nodes.StoreNodes;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.reply.Reply;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
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
  private final LoadedLibraries libraries;
  private final Rules rules;
  private final StoreTime time;
  private final String node = NodeInfo.newName();

  private volatile Layouts layouts;

  /** The one for these layouts. */
  private volatile FunctionLibrary library;

  private volatile @Nullable Passed passed;

  /**
   * A check that passed.
   *
   * @param failures at that time
   * @param atMs before its request
   * @param libraries of live nodes
   */
  private record Passed(RedisCalls.Failed failures, long atMs, Set<String> libraries) {}

  /**
   * @param newest {@link #NEWEST}; tests play the next release
   */
  public Schema(RedisCalls calls, Rules rules, StoreTime time, int newest) {
    this.calls = calls;
    this.rules = rules;
    this.time = time;
    libraries = new LoadedLibraries(calls, this::nowMs);
    sender = new FunctionSender(calls, libraries);
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

  /** Announces this node in time, and checks the libraries of functions once a minute. */
  public void announce() {
    Passed seen = passed;
    if (seen == null || isOver(seen, ANNOUNCE_MS)) {
      checkNow();
    }
    try {
      checkLibraries();
    } catch (BackendUnavailableException e) {
      LOG.debug("the libraries of functions aren't checked", e);
    }
  }

  private void checkLibraries() {
    Passed seen = passed;
    if (seen != null) {
      libraries.check(library, seen.libraries());
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
    Announcement answer = Objects.requireNonNull(Announcement.of(announced()));
    if (answer.isOfOtherLayout()) {
      passed = null;
      throw layouts.refusal(answer.layout());
    }
    int inForce = Integer.parseInt(answer.layout());
    if (answer.hasRaised()) {
      LOG.info(
          "The stored data now has layout {} (was {}), which all nodes know",
          inForce,
          answer.raisedFrom());
    }
    if (inForce != layouts.inForce()) {
      layouts = layouts.with(inForce);
      library = FunctionLibrary.of(rules, layouts);
    }
    passed = new Passed(failures, now, answer.libraries());
    boolean leads = answer.nodes().get(0).name().equals(node);
    return new StoreNodes(inForce, leads, answer.nodes());
  }

  private Object announced() {
    FunctionLibrary used = library;
    try {
      try {
        return announced(used, LuaFunction.ANNOUNCE.functionName());
      } catch (JedisDataException e) {
        if (!String.valueOf(e.getMessage()).startsWith("READONLY ")) {
          throw e;
        }
        return announced(used, LuaFunction.ANNOUNCE.nameOfReading());
      }
    } catch (JedisDataException e) {
      throw Failures.of(e);
    }
  }

  private Object announced(FunctionLibrary used, String function) {
    CommandArguments announcement =
        FunctionSender.command(used, function, 3)
            .key(Keys.VERSION)
            .key(Keys.NODES)
            .key(Keys.LIBRARIES)
            .add(timeArgument())
            .add(node)
            .add(NodeInfo.RELEASE);
    return sender.send(used, announcement, true, this::isAnnouncement);
  }

  /** A layout that can't be read is all that the answer says: then the store must say it, too. */
  private boolean isAnnouncement(Object answer) {
    Announcement announcement = Announcement.of(answer);
    return announcement != null
        && (!announcement.isOfOtherLayout()
            || announcement.layout().equals(Reply.text(calls.send(READ, true))));
  }

  /**
   * Refuses a store that has another layout, no functions, or too few rights for this node. One
   * that is away is checked later.
   */
  public void start() {
    try {
      checkNow();
      libraries.load(library);
      checkLibraries();
    } catch (BackendUnavailableException e) {
      if (e.getCause() instanceof UnfitException) {
        throw e;
      }
      LOG.debug("the store isn't checked yet", e);
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

  FunctionLibrary library() {
    return library;
  }

  FunctionSender sender() {
    return sender;
  }

  /** Says what happened to the library of functions, and which rights for it are missing. */
  public List<String> warnings() {
    return libraries.warnings();
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
