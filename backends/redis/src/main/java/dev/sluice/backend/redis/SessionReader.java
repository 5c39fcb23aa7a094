package dev.sluice.backend.redis;

import dev.sluice.backend.Place;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Session;
import dev.sluice.backend.SessionState;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * Puts together a session from what {@code lib/reply.lua} answers; the layout is in {@code
 * lib/line.lua}.
 */
final class SessionReader {

  private SessionReader() {}

  /**
   * The session.
   *
   * @param reply id, line, content, position, fields
   * @param seq of the reply, for a refusal
   * @throws RefusedException {@link Refusal#DAMAGED} if it can't be read
   */
  static Session read(List<?> reply, long seq) {
    String id = Reply.text(reply.get(0));
    try {
      String content = Reply.text(reply.get(2));
      int headEnd = content.indexOf('\n');
      List<String> head = Text.fields(content.substring(0, headEnd));
      List<String> parts = Text.parts(Reply.text(reply.get(1)));
      Iterator<String> fixed = Text.fields(parts.get(0)).iterator();
      Iterator<String> claim = Text.fields(parts.get(1)).iterator();
      Iterator<String> kept = Text.fields(parts.get(2)).iterator();

      final String project = fixed.next();
      fixed.next(); // set of required capabilities
      fixed.next(); // score
      int priority = Integer.parseInt(fixed.next());
      long queuedAt = Long.parseLong(fixed.next());
      final long createdAt = Long.parseLong(fixed.next());
      Place place = Place.valueOf(claim.next());
      SessionState state = SessionState.valueOf(claim.next());
      String owner = claim.next();
      long token = Long.parseLong(claim.next());
      long acceptBy = Long.parseLong(claim.next());
      long updatedAt = Long.parseLong(claim.next());
      long claimedAt = Long.parseLong(claim.next());
      long startedAt = Long.parseLong(claim.next());
      long endedAt = Long.parseLong(claim.next());
      long releaseBy = Long.parseLong(claim.next());
      int attempts = Integer.parseInt(kept.next());
      int nacks = Integer.parseInt(kept.next());
      return new Session(
          id,
          head.get(1),
          head.get(2),
          project,
          place,
          state,
          priority,
          queuedAt,
          ((Long) reply.get(3)).intValue(),
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
          new TreeMap<>(Reply.map((List<?>) reply.get(4))),
          content.substring(headEnd + 1));
    } catch (RuntimeException e) {
      throw new RefusedException(
          Refusal.DAMAGED, "the record of session " + id + " is damaged", null, seq);
    }
  }

  /** The item in a session's content. */
  static String item(String content) {
    return content.substring(content.indexOf('\n') + 1);
  }
}
