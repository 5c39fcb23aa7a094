package dev.sluice.service.api;

import dev.sluice.service.errors.ApiException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A claim as a poll answers it and a nack sends it back. Its clients refuse other members.
 *
 * @param attemptToken a lower-case UUID of version 4
 */
public record ClaimAttempt(String contractVersion, String sessionId, String attemptToken) {

  public static final String CONTRACT = "work-claim-attempt/v1";

  private static final String MEMBER = "claimAttempt";
  private static final Set<String> MEMBERS = Set.of("contractVersion", "sessionId", "attemptToken");

  private static final Pattern TOKEN =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  public ClaimAttempt(String sessionId, String attemptToken) {
    this(CONTRACT, sessionId, attemptToken);
  }

  /** Null if the body names none. */
  static @Nullable ClaimAttempt in(JsonBody body) {
    if (!body.has(MEMBER)) {
      return null;
    }
    JsonBody said = body.requiredObject(MEMBER);
    String token = said.string("attemptToken");
    if (!said.memberNames().equals(MEMBERS)
        || !CONTRACT.equals(said.string("contractVersion"))
        || token == null
        || !TOKEN.matcher(token).matches()) {
      throw ApiException.invalid(MEMBER, "must be a claim attempt of " + CONTRACT);
    }
    return new ClaimAttempt(said.requiredName("sessionId"), token);
  }
}
