package dev.sluice.service.api;

import dev.sluice.backend.sessions.NackReason;
import dev.sluice.service.errors.ApiException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

public final class NackBody {

  private static final String PREFLIGHT = "receiptPreflightReason";

  private NackBody() {}

  /** Appends the code of a failed preflight, which newer daemons send separately. */
  public static Optional<NackReason> reason(JsonBody body) {
    @Nullable String reason = body.string("reason");
    @Nullable String code = preflightCode(body);
    if (code == null || (reason != null && reason.contains(code))) {
      return Optional.ofNullable(NackReason.of(reason));
    }
    return Optional.ofNullable(NackReason.of(reason == null ? code : reason + " (" + code + ")"));
  }

  private static @Nullable String preflightCode(JsonBody body) {
    try {
      return body.has(PREFLIGHT) ? body.requiredObject(PREFLIGHT).string("code") : null;
    } catch (ApiException unknownShape) {
      return null;
    }
  }
}
