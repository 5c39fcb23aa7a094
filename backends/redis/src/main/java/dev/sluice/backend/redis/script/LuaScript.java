package dev.sluice.backend.redis.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

public enum LuaScript {
  ACK,
  ACTIVITIES,
  ADD_ACTIVITY,
  ADD_AUDIT,
  ADD_JOB,
  ADD_KEY,
  ADD_STOP,
  ANNOUNCE,
  CLAIM,
  CLOSE,
  CLOSURE,
  COUNTS,
  DEREGISTER,
  DISCARD,
  DRAIN,
  DROP_KEY,
  END_TOKENS,
  ENQUEUE,
  EXPORT,
  FIND_JOB,
  FIND_PUBLIC,
  FIND_QUEUE,
  FIND_SESSION,
  FIND_STOP,
  FIND_WORKER,
  FIRST_KEYS,
  GIVE_BACK,
  HEARTBEAT,
  IMPORT,
  LANE,
  LIMIT,
  LIST_AUDIT,
  LIST_BUCKETS,
  LIST_CLAIMS,
  LIST_FINDINGS,
  LIST_FIGURES,
  LIST_HEADLINES,
  LIST_OF_ISSUE,
  LIST_QUEUES,
  LIST_SESSIONS,
  LIST_STANDINGS,
  LIST_WORK,
  LIST_WORKERS,
  MARK_FINDING,
  MESSAGES,
  NACK,
  NOTE,
  OBSERVE,
  OPEN,
  PAUSE,
  POLL,
  RAISE_LAYOUT,
  REFRESH,
  REGISTER,
  REORDER,
  REPORT,
  REQUEUE,
  RESUME,
  REVOKE,
  SEND,
  SET_TIME,
  STANDING,
  STOP,
  SWEEP,
  TAKE_NOTICES,
  TIMELINE,
  TOUCH,
  TRANSFER,
  UNREAD;

  private static final String FOLDER = "/dev/sluice/backend/redis/";

  /** Includes the definitions of {@link LuaLibrary}. */
  String text() {
    return LuaLibrary.complete(read(name().toLowerCase(Locale.ROOT) + ".lua"));
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
