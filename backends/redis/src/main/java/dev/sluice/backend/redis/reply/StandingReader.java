package dev.sluice.backend.redis.reply;

import dev.sluice.backend.RefusedException;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.Standing;
import java.util.ArrayList;
import java.util.List;

public final class StandingReader {

  private StandingReader() {}

  /**
   * @param reply session, session of its issue that goes first or empty, whether that is claimed
   * @param seq for a refusal
   * @throws RefusedException {@link dev.sluice.backend.Refusal#DAMAGED} if it can't be read
   */
  public static Standing read(List<?> reply, ProjectQueue queue) {
    return new Standing(
        SessionReader.read((List<?>) reply.get(0)),
        Text.orNull(Reply.text(reply.get(1))),
        (Long) reply.get(2) != 0,
        queue);
  }

  /** Leaves out damaged sessions. */
  public static List<Standing> readAll(List<?> replies, ProjectQueue queue) {
    List<Standing> standings = new ArrayList<>(replies.size());
    for (Object reply : replies) {
      try {
        standings.add(read((List<?>) reply, queue));
      } catch (RefusedException damaged) {
        continue; // a list leaves out what can't be read
      }
    }
    return standings;
  }
}
