package dev.sluice.backend.keys;

import java.util.List;

/**
 * Signed tokens of one subject that don't count any more, although they haven't expired. The
 * contract doesn't look into it.
 *
 * @param subject owner of the tokens, 1 to 600 bytes
 * @param goneUntil tokens issued until then have ended, epoch ms
 * @param issuedUntil tokens issued until then end, epoch ms
 * @param from when they do, epoch ms
 * @param until when all of them have expired and the record may go, epoch ms
 */
public record EndedTokens(String subject, long goneUntil, long issuedUntil, long from, long until) {

  /**
   * Some records.
   *
   * @param next where to go on from
   * @param more true if there are more
   */
  public record Page(List<EndedTokens> ended, long next, boolean more) {}
}
