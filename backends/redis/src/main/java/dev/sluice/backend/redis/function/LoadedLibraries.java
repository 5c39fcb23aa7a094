package dev.sluice.backend.redis.function;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.reply.Reply;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The libraries on the servers: loads the one of this node where it is missing or has another text,
 * and deletes those that no node uses.
 */
final class LoadedLibraries {

  /** Between two checks of all servers, each of which sends the text of the library. */
  static final long CHECK_MS = 60_000;

  /** Field of the libraries: the time at which a node last replaced one. It ages like them. */
  private static final String REPLACED = "replaced";

  private static final long WARN_MS = 60 * 60_000L;

  private static final Logger LOG = LoggerFactory.getLogger(LoadedLibraries.class);

  private final RedisCalls calls;
  private final LongSupplier nowMs;
  private final ReentrantLock restoring = new ReentrantLock();
  private final ReentrantLock checking = new ReentrantLock();

  private volatile @Nullable Damage damage;
  private volatile String problem = "";

  /** The library of the latest check of all servers, and its time. */
  private String checkedLibrary = "";

  private long checkedMs;

  /** Libraries that no node uses -> the time of the check that first found them so. */
  private Map<String, Long> unused = Map.of();

  /** Libraries that this node has deleted, and that no node has announced since. */
  private final Set<String> deleted = new HashSet<>();

  /**
   * The latest time at which a library had another text.
   *
   * @param times since the start of this node
   */
  private record Damage(String library, long atMs, int times) {}

  LoadedLibraries(RedisCalls calls, LongSupplier nowMs) {
    this.calls = calls;
    this.nowMs = nowMs;
  }

  /**
   * Loads the library on the server of a command, if it is missing there or has another text.
   *
   * @return true if it was so
   * @throws JedisDataException if the server refuses that
   */
  boolean restore(FunctionLibrary library, CommandArguments command) {
    lock();
    try {
      Object listed = calls.sendWhere(command, list(library.name()).add("WITHCODE"), true);
      String text = textOf(listed);
      if (library.text().equals(text)) {
        return false;
      }
      note(library, text);
      throwUnlessLoaded(answer(command, load(library, text != null)));
      return true;
    } finally {
      restoring.unlock();
    }
  }

  /** True if any node has replaced a library lately. Answers from before were another one's. */
  boolean wasReplacedLately() {
    try {
      Object at =
          calls.send(new CommandArguments(Command.HGET).key(Keys.LIBRARIES).add(REPLACED), true);
      return at != null
          && Math.abs(nowMs.getAsLong() - Long.parseLong(Reply.text(at))) < Schema.LEASE_MS;
    } catch (JedisDataException | NumberFormatException e) {
      LOG.debug("the time of the latest replacement isn't known", e);
      return false;
    }
  }

  private void lock() {
    try {
      if (restoring.tryLock(calls.timeoutMs(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new BackendUnavailableException(
        "Redis doesn't have the library of functions yet",
        false,
        new IllegalStateException("another call loads it"));
  }

  private Object answer(CommandArguments routed, CommandArguments command) {
    try {
      return calls.sendWhere(routed, command, true);
    } catch (JedisDataException e) {
      return e;
    }
  }

  /** Loads the library on all servers that don't have one of its name. */
  void load(FunctionLibrary library) {
    try {
      loadEverywhere(library, false);
    } catch (JedisDataException e) {
      throw Failures.of(e);
    }
  }

  private void loadEverywhere(FunctionLibrary library, boolean replace) {
    for (List<Object> answers : calls.sendToReachable(List.of(load(library, replace)))) {
      throwUnlessLoaded(answers.get(0));
    }
  }

  /** Another node may have loaded the library just now. */
  private static void throwUnlessLoaded(Object answer) {
    if (answer instanceof JedisDataException e) {
      String message = String.valueOf(e.getMessage());
      if (message.startsWith("ERR Function") && message.endsWith("already exists")) {
        throw new BackendUnavailableException(
            "another library on Redis has functions of Sluice's names ("
                + message
                + "); delete it: docs/redis.md#functions",
            false,
            e);
      }
      if (!message.startsWith("ERR Library") || !message.endsWith("already exists")) {
        throw e;
      }
    }
  }

  /**
   * Checks once a minute, and for another library at once, that each server has the library, and
   * deletes those that no node has announced for a minute.
   *
   * @param announced libraries that live nodes use
   * @throws BackendUnavailableException if a server refuses that
   */
  void check(FunctionLibrary library, Set<String> announced) {
    if (!checking.tryLock()) {
      return;
    }
    try {
      long now = nowMs.getAsLong();
      boolean due = now - checkedMs >= CHECK_MS || now < checkedMs;
      if (due || !library.name().equals(checkedLibrary)) {
        checkedMs = now;
        checkedLibrary = library.name();
        problem = "";
        checkNow(library, announced);
      }
    } catch (JedisDataException e) {
      problem = String.valueOf(Failures.of(e).getMessage());
      throw Failures.of(e);
    } finally {
      checking.unlock();
    }
  }

  private void checkNow(FunctionLibrary library, Set<String> announced) {
    boolean missing = false;
    boolean other = false;
    Set<String> found = new TreeSet<>();
    for (List<Object> answers :
        calls.sendToReachable(
            List.of(list(library.name()).add("WITHCODE"), list(FunctionLibrary.PREFIX + "*")))) {
      for (Object answer : answers) {
        if (answer instanceof JedisDataException e) {
          throw e;
        }
      }
      String text = textOf(answers.get(0));
      missing |= text == null;
      other |= text != null && !library.text().equals(text);
      if (!library.text().equals(text)) {
        note(library, text);
      }
      found.addAll(names(answers.get(1)));
    }
    if (missing || other) {
      loadEverywhere(library, other);
    }
    found.remove(library.name());
    found.removeAll(announced);
    delete(found, announced);
  }

  /**
   * Deletes a library once. A library that was loaded again is used by nodes that this node doesn't
   * see, such as those of another database of the server.
   */
  private void delete(Set<String> found, Set<String> announced) {
    Map<String, Long> before = unused;
    unused =
        found.stream()
            .collect(
                Collectors.toMap(
                    library -> library, library -> before.getOrDefault(library, checkedMs)));
    deleted.removeAll(announced);
    for (String library : found) {
      boolean longUnused = checkedMs - unused.getOrDefault(library, checkedMs) >= CHECK_MS;
      if (longUnused && !deleted.contains(library)) {
        LOG.info("Deletes the library {} on Redis, which no node has used lately", library);
        for (List<Object> answers : calls.sendToReachable(List.of(delete(library)))) {
          if (answers.get(0) instanceof JedisDataException e
              && !String.valueOf(e.getMessage()).startsWith("ERR Library not found")) {
            throw e;
          }
        }
        deleted.add(library);
      }
    }
  }

  private void note(FunctionLibrary library, @Nullable String text) {
    if (text == null) {
      LOG.info("Loads the library {} on Redis", library.name());
      return;
    }
    LOG.warn("Replaces the library {} on Redis, which has another text", library.name());
    Damage before = damage;
    int times = before == null ? 1 : before.times() + 1;
    long now = nowMs.getAsLong();
    damage = new Damage(library.name(), now, times);
    try {
      calls.send(
          new CommandArguments(Command.HSET).key(Keys.LIBRARIES).add(REPLACED).add(now), true);
    } catch (BackendUnavailableException | JedisDataException e) {
      LOG.debug("the other nodes aren't told that the library is replaced", e);
    }
  }

  /** For the health check. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    Damage seen = damage;
    if (seen != null && Math.abs(nowMs.getAsLong() - seen.atMs()) < WARN_MS) {
      warnings.add(
          "the library "
              + seen.library()
              + " on Redis had another text and was loaded again, last at "
              + Instant.ofEpochMilli(seen.atMs()).truncatedTo(ChronoUnit.SECONDS)
              + ", times since the start: "
              + seen.times()
              + "; see docs/redis.md#functions");
    }
    if (!problem.isEmpty()) {
      warnings.add("the libraries on Redis can't be checked: " + problem);
    }
    return warnings;
  }

  private static CommandArguments list(String pattern) {
    return new CommandArguments(Command.FUNCTION).add("LIST").add("LIBRARYNAME").add(pattern);
  }

  private static CommandArguments load(FunctionLibrary library, boolean replace) {
    CommandArguments load = new CommandArguments(Command.FUNCTION).add("LOAD");
    return (replace ? load.add("REPLACE") : load).add(library.text());
  }

  private static CommandArguments delete(String library) {
    return new CommandArguments(Command.FUNCTION).add("DELETE").add(library);
  }

  /** Returns the text of the first library listed; null if there is none. */
  private static @Nullable String textOf(Object listed) {
    return listed instanceof List<?> libraries && !libraries.isEmpty()
        ? Reply.map((List<?>) libraries.get(0)).get("library_code")
        : null;
  }

  private static Set<String> names(Object listed) {
    Set<String> names = new TreeSet<>();
    if (listed instanceof List<?> libraries) {
      for (Object library : libraries) {
        names.add(Reply.map((List<?>) library).getOrDefault("library_name", ""));
      }
    }
    return names;
  }
}
