package dev.sluice.backend.keys;

import java.util.List;

/**
 * Signed tokens of a subject that ended before they expired; not interpreted by the store. Times
 * are epoch ms.
 *
 * @param subject owner, 1 to 600 bytes
 * @param goneUntil tokens issued until then have ended
 * @param issuedUntil tokens issued until then will end at {@code from}
 * @param until when all have expired and the record may be deleted
 */
public record EndedTokens(String subject, long goneUntil, long issuedUntil, long from, long until) {

  /**
   * @param next where to continue
   */
  public record Page(List<EndedTokens> ended, long next, boolean more) {}
}
