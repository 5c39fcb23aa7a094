package dev.sluice.service.auth.secrets;

import dev.sluice.service.auth.secrets.SigningKeys.SigningKey;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Tokens of claim attempts, derived from the claim and the signing key: nothing is stored. */
public final class ClaimAttempts {

  private static final long VERSION_BITS = 0xf000L;
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT_BITS = 0xc000_0000_0000_0000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final SigningKeys keys;

  public ClaimAttempts(SigningKeys keys) {
    this.keys = keys;
  }

  /** {@code claim} is the fencing token. */
  public String token(String org, String sessionId, long claim) {
    return token(keys.current(), org, sessionId, claim);
  }

  /** An earlier key may have derived it. */
  public boolean matches(String token, String org, String sessionId, long claim) {
    return keys.all().anyMatch(key -> Secrets.same(token, token(key, org, sessionId, claim)));
  }

  private static String token(SigningKey key, String org, String sessionId, long claim) {
    String text = "claim-attempt\n" + org + "\n" + sessionId + "\n" + claim;
    ByteBuffer bits = ByteBuffer.wrap(key.derive(text));
    return new UUID(
            (bits.getLong() & ~VERSION_BITS) | VERSION_4,
            (bits.getLong() & ~VARIANT_BITS) | VARIANT)
        .toString();
  }
}
