package dev.sluice.backend.redis;

import dev.sluice.backend.DeadReason;
import dev.sluice.backend.Place;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Session;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.ToolUse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
      Fields fixed = new Fields(parts.get(0));
      Fields claim = new Fields(parts.get(1));
      Fields kept = new Fields(parts.get(2));

      final String project = fixed.text();
      fixed.text(); // set of required capabilities
      final long score = fixed.number();
      final String issue = fixed.text();
      final int priority = (int) fixed.number();
      final long queuedAt = fixed.number();
      final long createdAt = fixed.number();
      fixed.text(); // sequence number of its enqueue
      final long notBefore = fixed.number();
      final long deadline = fixed.number();
      // other names follow
      final Place place = Place.valueOf(claim.text());
      final SessionState state = SessionState.valueOf(claim.text());
      final String owner = claim.text();
      final long token = claim.number();
      final long acceptBy = claim.number();
      final long updatedAt = claim.number();
      final long claimedAt = claim.number();
      final long startedAt = claim.number();
      final long endedAt = claim.number();
      final long releaseBy = claim.number();
      final long lastSign = claim.number();
      final long cost = claim.number();
      claim.text(); // lost by
      final String nackedBy = claim.text();
      final long returnUntil = claim.number();
      claim.text(); // whether a refresh told of its stop
      final String dead = claim.text();
      final String tools = claim.text();
      // its latest attempt follows
      final int attempts = (int) kept.number();
      final int nacks = (int) kept.number();
      return new Session(
          id,
          issue.isEmpty() ? id : issue,
          head.get(1),
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
          score,
          Text.names(head.get(2)),
          notBefore,
          deadline,
          Text.orNull(nackedBy),
          returnUntil,
          deadReason(dead),
          lastSign,
          cost,
          toolUse(tools),
          new TreeMap<>(Reply.map((List<?>) reply.get(4))),
          content.substring(headEnd + 1));
    } catch (RuntimeException e) {
      throw new RefusedException(
          Refusal.DAMAGED, "the record of session " + id + " is damaged", null, seq);
    }
  }

  /** What a line says of the tools. */
  static @Nullable ToolUse toolUse(String tools) {
    if (tools.isEmpty()) {
      return null;
    }
    String[] parts = tools.split(String.valueOf(Text.GROUP), -1);
    return new ToolUse(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }

  private static @Nullable DeadReason deadReason(String dead) {
    return dead.isEmpty() ? null : DeadReason.valueOf(dead);
  }

  /** Those of a list that can be read. */
  static List<Session> readAll(List<?> replies, long seq) {
    List<Session> sessions = new ArrayList<>();
    for (Object reply : replies) {
      try {
        sessions.add(read((List<?>) reply, seq));
      } catch (RefusedException damaged) {
        // A list leaves out what can't be read.
        continue;
      }
    }
    return sessions;
  }

  /** The item in a session's content. */
  static String item(String content) {
    return content.substring(content.indexOf('\n') + 1);
  }
}
