package dev.sluice.backend.redis;

import dev.sluice.backend.Claim;
import dev.sluice.backend.Place;
import dev.sluice.backend.SessionState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads claims from sessions' lines; the layout is in {@code lib/line.lua}. */
final class ClaimReader {

  private ClaimReader() {}

  /** Those that can be read and are claimed, of ids and lines in turn; of one project, if given. */
  static List<Claim> readAll(List<?> idsAndLines, @Nullable String project) {
    List<Claim> claims = new ArrayList<>(idsAndLines.size() / 2);
    for (int i = 0; i + 1 < idsAndLines.size(); i += 2) {
      Claim claim = read(Reply.text(idsAndLines.get(i)), Reply.text(idsAndLines.get(i + 1)));
      if (claim != null && (project == null || project.equals(claim.project()))) {
        claims.add(claim);
      }
    }
    return claims;
  }

  private static @Nullable Claim read(String id, String line) {
    try {
      List<String> parts = Text.parts(line);
      Fields fixed = new Fields(parts.get(0));
      Fields claim = new Fields(parts.get(1));
      final String project = fixed.text();
      fixed.skip(3); // set of required capabilities, score, issue
      final int priority = (int) fixed.number();
      if (Place.valueOf(claim.text()) != Place.CLAIMED) {
        return null;
      }
      final SessionState state = SessionState.valueOf(claim.text());
      final String owner = claim.text();
      final long token = claim.number();
      final long acceptBy = claim.number();
      claim.skip(1); // updated at
      final long claimedAt = claim.number();
      final long startedAt = claim.number();
      claim.skip(2); // ended at, release by
      final long lastSign = claim.number();
      final long cost = claim.number();
      claim.skip(5); // lost by, nacked by, return until, whether told of its stop, why dead
      return new Claim(
          id,
          project,
          state,
          priority,
          owner,
          token,
          acceptBy,
          (int) new Fields(parts.get(2)).number(), // claims lost
          claimedAt,
          startedAt,
          lastSign,
          cost,
          SessionReader.toolUse(claim.text()));
    } catch (RuntimeException damaged) {
      return null; // a list leaves out what can't be read
    }
  }
}
