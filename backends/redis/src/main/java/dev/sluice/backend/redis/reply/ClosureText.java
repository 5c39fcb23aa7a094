package dev.sluice.backend.redis.reply;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import org.jspecify.annotations.Nullable;

/** The parts of a closure that scripts don't look at, as JSON. */
public record ClosureText(String reason, @Nullable String movedTo, String progress) {

  public static Closure closing(NewClosure given, long nowMs) {
    return new Closure(
        given.id(),
        given.purpose(),
        given.reason(),
        nowMs,
        given.forMs() == 0 ? 0 : nowMs + given.forMs(),
        given.movedTo(),
        given.progress());
  }

  public static Closure since(Closure closure, long sinceMs) {
    return new Closure(
        closure.id(),
        closure.purpose(),
        closure.reason(),
        sinceMs,
        closure.untilMs(),
        closure.movedTo(),
        closure.progress());
  }

  public static String rest(Closure closure) {
    return Json.write(new ClosureText(closure.reason(), closure.movedTo(), closure.progress()));
  }

  /** Reads id, purpose, since, until, and the rest. */
  public static Closure closure(Reply reply, int from) {
    try {
      ClosureText rest = Json.MAPPER.readValue(reply.text(from + 4), ClosureText.class);
      return new Closure(
          reply.text(from),
          Closure.Purpose.valueOf(reply.text(from + 1)),
          rest.reason(),
          Long.parseLong(reply.text(from + 2)),
          Long.parseLong(reply.text(from + 3)),
          rest.movedTo(),
          rest.progress());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the closure of an org can't be read", e);
    }
  }
}
