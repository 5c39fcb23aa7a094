package dev.sluice.backend.redis.reply;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.redis.reply.SessionLine.Field;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.Stage;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers of {@code session_reply}, and claims from lines; see {@code rules/sessions.lua}.
 */
public final class SessionReader {

  private SessionReader() {}

  /**
   * @param reply id, line, content, position, fields
   * @param seq for a refusal
   * @throws RefusedException {@link Refusal#DAMAGED} if it can't be read
   */
  public static Session read(List<?> reply) {
    String id = Reply.text(reply.get(0));
    try {
      String content = Reply.text(reply.get(2));
      ContentHead head = new ContentHead(content);
      SessionLine line = new SessionLine(Reply.text(reply.get(1)));
      String issue = line.text(Field.ISSUE);
      return new Session(
          id,
          issue.isEmpty() ? id : issue,
          head.identifier(id),
          head.subject(),
          line.text(Field.PROJECT),
          Place.valueOf(line.text(Field.PLACE)),
          SessionState.valueOf(line.text(Field.STATE)),
          line.count(Field.PRIORITY),
          line.number(Field.QUEUED),
          ((Long) reply.get(3)).intValue(),
          line.count(Field.ATTEMPTS),
          line.count(Field.NACKS),
          line.number(Field.CREATED),
          line.number(Field.UPDATED),
          line.number(Field.ENDED),
          line.number(Field.SCORE),
          head.capabilities(),
          head.repository(),
          line.number(Field.NOT_BEFORE),
          line.number(Field.DEADLINE),
          line.claim(new TreeMap<>(Reply.map((List<?>) reply.get(4)))),
          line.returned(),
          item(content, id, line.text(Field.PROJECT), line.number(Field.QUEUED)));
    } catch (RuntimeException e) {
      throw RefusedException.of(Refusal.DAMAGED, id);
    }
  }

  /** Leaves out damaged sessions. */
  public static List<Session> readAll(List<?> replies) {
    List<Session> sessions = new ArrayList<>();
    for (Object reply : replies) {
      try {
        sessions.add(read((List<?>) reply));
      } catch (RefusedException damaged) {
        continue;
      }
    }
    return sessions;
  }

  /**
   * Leaves out damaged sessions.
   *
   * @param idsAndLines in turn
   * @param project only its claims, if given
   */
  public static List<Claim> readClaims(List<?> idsAndLines, @Nullable String project) {
    List<Claim> claims = new ArrayList<>(idsAndLines.size() / 2);
    for (int i = 0; i + 1 < idsAndLines.size(); i += 2) {
      Claim claim = readClaim(Reply.text(idsAndLines.get(i)), Reply.text(idsAndLines.get(i + 1)));
      if (claim != null && (project == null || project.equals(claim.project()))) {
        claims.add(claim);
      }
    }
    return claims;
  }

  private static @Nullable Claim readClaim(String id, String text) {
    try {
      SessionLine line = new SessionLine(text);
      if (Place.valueOf(line.text(Field.PLACE)) != Place.CLAIMED) {
        return null;
      }
      return new Claim(
          id,
          line.text(Field.PROJECT),
          SessionState.valueOf(line.text(Field.STATE)),
          line.count(Field.PRIORITY),
          line.text(Field.OWNER),
          line.number(Field.TOKEN),
          line.number(Field.ACCEPT_BY),
          line.count(Field.ATTEMPTS),
          line.number(Field.CLAIMED),
          line.number(Field.STARTED),
          line.number(Field.LAST_SIGN),
          line.number(Field.COST),
          line.tools());
    } catch (RuntimeException damaged) {
      return null;
    }
  }

  /**
   * Leaves out damaged sessions.
   *
   * @param idsAndHeads in turn
   */
  public static List<Headline> readHeadlines(List<?> idsAndHeads) {
    List<Headline> headlines = new ArrayList<>(idsAndHeads.size() / 2);
    for (int i = 0; i + 1 < idsAndHeads.size(); i += 2) {
      String id = Reply.text(idsAndHeads.get(i));
      try {
        ContentHead head = new ContentHead(Reply.text(idsAndHeads.get(i + 1)));
        headlines.add(Headline.of(id, head.identifier(id), head.repository(), head.subject()));
      } catch (RuntimeException damaged) {
        continue;
      }
    }
    return headlines;
  }

  /**
   * @param stages id, project, place and state of each in turn
   */
  public static List<Stage> readStages(List<?> stages) {
    List<Stage> read = new ArrayList<>(stages.size() / 4);
    for (int i = 0; i + 3 < stages.size(); i += 4) {
      read.add(
          new Stage(
              Reply.text(stages.get(i)),
              Reply.text(stages.get(i + 1)),
              Place.valueOf(Reply.text(stages.get(i + 2))),
              SessionState.valueOf(Reply.text(stages.get(i + 3)))));
    }
    return read;
  }

  public static String item(String content, String session, String project, long queuedAtMs) {
    int end = content.indexOf('\n');
    String title = content.substring(content.lastIndexOf(Text.GROUP, end) + 1, Math.max(0, end));
    return PackedItem.unpack(
        content.substring(end + 1), session, project, queuedAtMs, Text.title(title));
  }
}
