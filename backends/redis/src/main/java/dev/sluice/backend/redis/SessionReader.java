package dev.sluice.backend.redis;

import dev.sluice.backend.Place;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Session;
import dev.sluice.backend.SessionState;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/** Puts together a session from what {@code lib/reply.lua} answers. */
final class SessionReader {

  private SessionReader() {}

  /**
   * The session.
   *
   * @param parts id, line, content, position, fields
   * @param seq of the reply, for a refusal
   * @throws RefusedException {@link Refusal#DAMAGED} if it can't be read
   */
  static Session read(List<?> parts, long seq) {
    String id = Reply.text(parts.get(0));
    try {
      String content = Reply.text(parts.get(2));
      int headEnd = content.indexOf('\n');
      List<String> head = Text.split(content.substring(0, headEnd));
      String line = Reply.text(parts.get(1));
      int fixedEnd = line.indexOf(Text.RECORD);
      Iterator<String> fixed = Text.split(line.substring(0, fixedEnd)).iterator();
      Iterator<String> moving = Text.split(line.substring(fixedEnd + 1)).iterator();

      final String project = fixed.next();
      fixed.next(); // set of required capabilities
      fixed.next(); // score
      int priority = Integer.parseInt(fixed.next());
      long queuedAt = Long.parseLong(fixed.next());
      final long createdAt = Long.parseLong(fixed.next());
      Place place = Place.valueOf(moving.next());
      SessionState state = SessionState.valueOf(moving.next());
      String owner = moving.next();
      long token = Long.parseLong(moving.next());
      long acceptBy = Long.parseLong(moving.next());
      int attempts = Integer.parseInt(moving.next());
      int nacks = Integer.parseInt(moving.next());
      long updatedAt = Long.parseLong(moving.next());
      long claimedAt = Long.parseLong(moving.next());
      long startedAt = Long.parseLong(moving.next());
      long endedAt = Long.parseLong(moving.next());
      long releaseBy = Long.parseLong(moving.next());
      return new Session(
          id,
          head.get(1),
          head.get(2),
          project,
          place,
          state,
          priority,
          queuedAt,
          ((Long) parts.get(3)).intValue(),
          Text.orNull(owner),
          token,
          acceptBy,
          attempts,
          nacks,
          createdAt,
          updatedAt,
          claimedAt,
          startedAt,
          endedAt,
          releaseBy,
          new TreeMap<>(Reply.map((List<?>) parts.get(4))),
          content.substring(headEnd + 1));
    } catch (RuntimeException e) {
      throw new RefusedException(
          Refusal.DAMAGED, "the record of session " + id + " is damaged", null, seq);
    }
  }

  /** The item in a session's content. */
  static String item(Object content) {
    String text = Reply.text(content);
    return text.substring(text.indexOf('\n') + 1);
  }
}
