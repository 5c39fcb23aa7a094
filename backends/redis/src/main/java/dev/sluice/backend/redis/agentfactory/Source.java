package dev.sluice.backend.redis.agentfactory;

import dev.sluice.backend.redis.connection.ConnectionSettings;
import dev.sluice.backend.redis.connection.RedisAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.XPendingParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamGroupInfo;
import redis.clients.jedis.resps.StreamPendingEntry;
import redis.clients.jedis.resps.Tuple;

/** The other server's database, read in steps that block it briefly. */
final class Source implements AutoCloseable {

  private static final int TIMEOUT_MS = 10_000;

  private static final int STEP = 500;

  /** Values of a step; items may be large. */
  private static final int VALUES = 100;

  /** Answers about a key of another type, or without one. */
  private static final List<String> GONE = List.of("WRONGTYPE", "NOGROUP", "ERR no such key");

  private static final ScanParams SCAN = new ScanParams().count(STEP);

  private final Jedis jedis;

  Source(RedisAddress address) {
    jedis = new Jedis(address.hostAndPort(), new ConnectionSettings(1, TIMEOUT_MS).client(address));
  }

  /** Epoch ms. */
  long now() {
    List<String> time = jedis.time();
    return Long.parseLong(time.get(0)) * 1000 + Long.parseLong(time.get(1)) / 1000;
  }

  Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      ScanResult<String> page = jedis.scan(cursor, SCAN);
      keys.addAll(page.getResult());
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return keys;
  }

  /** Returns {@code none} for a key that is gone, as the server does. */
  Map<String, String> types(Collection<String> keys) {
    Map<String, String> types = new LinkedHashMap<>();
    inSteps(keys, STEP, Pipeline::type, types::put);
    return types;
  }

  /**
   * Reads values one by one.
   *
   * @param gone gets the keys that have no value any more
   */
  void strings(Collection<String> keys, BiConsumer<String, String> values, Consumer<String> gone) {
    inSteps(
        keys,
        VALUES,
        Pipeline::get,
        (key, value) -> {
          if (value == null) {
            gone.accept(key);
          } else {
            values.accept(key, value);
          }
        });
  }

  private void inSteps(
      Collection<String> keys, int step, Call call, BiConsumer<String, @Nullable String> values) {
    List<String> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += step) {
      Map<String, Response<String>> replies = new LinkedHashMap<>();
      try (Pipeline pipeline = jedis.pipelined()) {
        for (String key : all.subList(from, Math.min(all.size(), from + step))) {
          replies.put(key, call.on(pipeline, key));
        }
      }
      replies.forEach((key, reply) -> values.accept(key, value(reply)));
    }
  }

  private static @Nullable String value(Response<String> reply) {
    return unlessGone(reply::get);
  }

  /** Returns null if the key has gone, or has another type now: the other server goes on. */
  private static <T> @Nullable T unlessGone(Supplier<@Nullable T> read) {
    try {
      return read.get();
    } catch (JedisDataException e) {
      String message = String.valueOf(e.getMessage());
      if (GONE.stream().noneMatch(message::startsWith)) {
        throw e;
      }
      return null;
    }
  }

  private interface Call {
    Response<String> on(Pipeline pipeline, String key);
  }

  Map<String, String> hash(String key) {
    Map<String, String> fields = new TreeMap<>();
    scan(
        cursor -> jedis.hscan(key, cursor, new ScanParams().count(VALUES)),
        field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }

  Map<String, Double> scores(String key) {
    Map<String, Double> scores = new TreeMap<>();
    scan(
        cursor -> jedis.zscan(key, cursor, SCAN),
        (Tuple member) -> scores.put(member.getElement(), member.getScore()));
    return scores;
  }

  Set<String> members(String key) {
    Set<String> members = new TreeSet<>();
    scan(cursor -> jedis.sscan(key, cursor, SCAN), members::add);
    return members;
  }

  private static <T> void scan(Function<String, ScanResult<T>> step, Consumer<T> each) {
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      ScanResult<T> page = step.apply(cursor);
      page.getResult().forEach(each);
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
  }

  List<String> list(String key) {
    List<String> all = new ArrayList<>();
    List<String> page;
    do {
      page = jedis.lrange(key, all.size(), all.size() + VALUES - 1L);
      all.addAll(page);
    } while (page.size() == VALUES);
    return all;
  }

  /**
   * @param lastRead id up to which the group has read; null if there is no such group
   * @param pending entries that the group has read and not acknowledged
   */
  record Stream(
      List<StreamEntry> entries,
      @Nullable StreamEntryID lastRead,
      Map<StreamEntryID, StreamPendingEntry> pending) {}

  /** Returns null for a stream that is gone. */
  @Nullable Stream stream(String key, String group) {
    return unlessGone(
        () -> {
          StreamEntryID lastRead = lastRead(key, group);
          // Before the entries: what is acknowledged meanwhile counts as read.
          Map<StreamEntryID, StreamPendingEntry> pending =
              lastRead == null ? Map.of() : pending(key, group);
          return new Stream(entries(key), lastRead, pending);
        });
  }

  private @Nullable StreamEntryID lastRead(String stream, String group) {
    for (StreamGroupInfo info : jedis.xinfoGroups(stream)) {
      if (info.getName().equals(group)) {
        return info.getLastDeliveredId();
      }
    }
    return null;
  }

  private Map<StreamEntryID, StreamPendingEntry> pending(String stream, String group) {
    Map<StreamEntryID, StreamPendingEntry> all = new LinkedHashMap<>();
    List<StreamPendingEntry> page;
    String from = "-";
    do {
      page = jedis.xpending(stream, group, new XPendingParams(from, "+", VALUES));
      page.forEach(entry -> all.put(entry.getID(), entry));
      from = page.isEmpty() ? from : after(page.get(page.size() - 1).getID());
    } while (page.size() == VALUES);
    return all;
  }

  private List<StreamEntry> entries(String stream) {
    List<StreamEntry> all = new ArrayList<>();
    List<StreamEntry> page;
    String from = "-";
    do {
      page = jedis.xrange(stream, from, "+", VALUES);
      all.addAll(page);
      from = page.isEmpty() ? from : after(page.get(page.size() - 1).getID());
    } while (page.size() == VALUES);
    return all;
  }

  /** Open ranges need Redis 6.2. */
  private static String after(StreamEntryID id) {
    return id.getTime() + "-" + (id.getSequence() + 1);
  }

  @Override
  public void close() {
    jedis.close();
  }
}
