package dev.sluice.service.api;

import dev.sluice.backend.sessions.NackReason;
import dev.sluice.service.errors.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * @param denied true if it can run nowhere
 * @param attempt the nacked claim, if named
 */
public record NackBody(
    @Nullable NackReason reason, boolean denied, @Nullable ClaimAttempt attempt) {

  private static final String PREFLIGHT = "receiptPreflightReason";
  private static final String PREFLIGHT_CONTRACT = "receipt-preflight-nack-reason/v1";

  /** The only code that is about the work; others are about the worker. */
  private static final String PERMANENT_CODE = "fallback_not_allowed";

  private static final String DENIAL = "preSpawnPermanentDenial";
  private static final String DENIAL_CONTRACT = "pre-spawn-permanent-denial/v1";

  /** Its item is large and lossy; the store keeps the original. */
  public static JsonBody withoutItem(byte[] body) {
    return JsonBody.of(LargeMember.empty("work", body));
  }

  /** Appends the code of a failed preflight, which newer daemons send separately. */
  public static NackBody of(JsonBody body) {
    @Nullable String reason = body.string("reason");
    @Nullable String code = member(body, PREFLIGHT, "code");
    boolean preflight =
        PERMANENT_CODE.equals(code)
            && PREFLIGHT_CONTRACT.equals(member(body, PREFLIGHT, "contractVersion"));
    boolean preSpawn = DENIAL_CONTRACT.equals(member(body, DENIAL, "contractVersion"));
    if (code == null && preSpawn) {
      code = member(body, DENIAL, "code");
    }
    return new NackBody(
        NackReason.of(joined(reason, code)), preflight || preSpawn, ClaimAttempt.in(body));
  }

  private static @Nullable String joined(@Nullable String reason, @Nullable String code) {
    if (code == null || (reason != null && reason.contains(code))) {
      return reason;
    }
    return reason == null ? code : reason + " (" + code + ")";
  }

  private static @Nullable String member(JsonBody body, String object, String name) {
    try {
      return body.has(object) ? body.requiredObject(object).string(name) : null;
    } catch (ApiException unknownShape) {
      return null;
    }
  }
}
