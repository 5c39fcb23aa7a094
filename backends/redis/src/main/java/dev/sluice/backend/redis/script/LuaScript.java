package dev.sluice.backend.redis.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

public enum LuaScript {
  ACK,
  ACTIVITIES(Repeat.READS),
  ADD_ACTIVITY,
  ADD_AUDIT(Repeat.REMEMBERED),
  ADD_JOB,
  ADD_KEY,
  ADD_STOP(Repeat.REMEMBERED),
  ANNOUNCE,
  CLAIM(Repeat.REMEMBERED),
  CLOSE(Repeat.REMEMBERED),
  CLOSURE(Repeat.READS),
  COUNTS(Repeat.READS),
  DEREGISTER(Repeat.REMEMBERED),
  DISCARD,
  DRAIN(Repeat.REMEMBERED),
  DROP_KEY,
  END_TOKENS,
  ENQUEUE,
  EXPORT(Repeat.READS),
  FIND_JOB(Repeat.READS),
  FIND_PUBLIC(Repeat.READS),
  FIND_QUEUE(Repeat.READS),
  FIND_SESSION(Repeat.READS),
  FIND_STOP(Repeat.READS),
  FIND_WORKER(Repeat.READS),
  FIRST_KEYS,
  GIVE_BACK(Repeat.REMEMBERED),
  HEARTBEAT(Repeat.OF_WORKER),
  IMPORT,
  LANE(Repeat.READS),
  LIMIT(Repeat.REMEMBERED),
  LIST_AUDIT(Repeat.READS),
  LIST_BUCKETS(Repeat.READS),
  LIST_CLAIMS(Repeat.READS),
  LIST_FINDINGS(Repeat.READS),
  LIST_FIGURES(Repeat.READS),
  LIST_HEADLINES(Repeat.READS),
  LIST_OF_ISSUE(Repeat.READS),
  LIST_QUEUES(Repeat.READS),
  LIST_SESSIONS(Repeat.READS),
  LIST_STANDINGS(Repeat.READS),
  LIST_WORK(Repeat.READS),
  LIST_WORKERS(Repeat.READS),
  MARK_FINDING(Repeat.REMEMBERED),
  MESSAGES(Repeat.READS),
  NACK,
  NOTE(Repeat.REMEMBERED),
  OBSERVE(Repeat.REMEMBERED),
  OPEN(Repeat.REMEMBERED),
  PAUSE(Repeat.REMEMBERED),
  POLL(Repeat.OF_WORKER),
  RAISE_LAYOUT,
  REFRESH,
  REGISTER(Repeat.REMEMBERED),
  REORDER(Repeat.REMEMBERED),
  REPORT,
  REQUEUE(Repeat.REMEMBERED),
  RESUME(Repeat.REMEMBERED),
  REVOKE(Repeat.REMEMBERED),
  SEND(Repeat.REMEMBERED),
  SET_TIME(Repeat.REMEMBERED),
  STANDING(Repeat.READS),
  STOP(Repeat.REMEMBERED),
  SWEEP,
  TAKE_NOTICES(Repeat.REMEMBERED),
  TIMELINE(Repeat.READS),
  TOUCH,
  TRANSFER(Repeat.REMEMBERED),
  UNREAD(Repeat.READS);

  /** The fate of a run whose answer was lost because its connection was cut. */
  enum Repeat {
    /** It isn't sent again. */
    NEVER,
    /** It is sent again, and changes nothing. */
    READS,
    /** It is sent again with the id of its call, under which the first answer is remembered. */
    REMEMBERED,
    /** As {@link #REMEMBERED}, but in the record of the worker. */
    OF_WORKER
  }

  private static final String FOLDER = "/dev/sluice/backend/redis/";

  private final Repeat repeat;

  LuaScript() {
    this(Repeat.NEVER);
  }

  LuaScript(Repeat repeat) {
    this.repeat = repeat;
  }

  Repeat repeat() {
    return repeat;
  }

  /** True if its last argument is the id of the call. */
  boolean takesCall() {
    return repeat == Repeat.REMEMBERED || repeat == Repeat.OF_WORKER;
  }

  /** Includes the definitions of {@link LuaLibrary}. */
  String text() {
    String file = read(name().toLowerCase(Locale.ROOT) + ".lua");
    return LuaLibrary.complete(file, repeat == Repeat.REMEMBERED);
  }

  static String read(String file) {
    try (InputStream in = LuaScript.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("no script " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
