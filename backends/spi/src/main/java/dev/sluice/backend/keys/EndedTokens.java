package dev.sluice.backend.keys;

import java.util.List;

/**
 * Signed tokens of a subject that ended before they expired. The store doesn't interpret it.
 *
 * @param subject owner, 1 to 600 bytes
 * @param goneUntil tokens issued until then have ended, epoch ms
 * @param issuedUntil tokens issued until then will end, epoch ms
 * @param from when they end, epoch ms
 * @param until when all have expired and the record may be deleted, epoch ms
 */
public record EndedTokens(String subject, long goneUntil, long issuedUntil, long from, long until) {

  /**
   * @param next where to continue
   * @param more true if more follow
   */
  public record Page(List<EndedTokens> ended, long next, boolean more) {}
}
