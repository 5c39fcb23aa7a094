package dev.sluice.service.resources.open;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.http.Logins;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

public final class LoginAnswers {

  private LoginAnswers() {}

  /** The cookie is in a header; {@code expiresAt} is epoch ms. */
  public record LoggedIn(String name, String role, String org, long expiresAt) {

    public static LoggedIn of(Logins.Session session) {
      return new LoggedIn(
          session.name(), session.role().wire(), session.org(), session.expiresAt().toEpochMilli());
    }
  }

  /**
   * @param name of the operator or worker, else the id of the key
   * @param projects empty means all
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Me(
      String name,
      String mode,
      @Nullable String role,
      List<String> scopes,
      String org,
      List<String> projects) {

    public static Me of(Caller caller) {
      return new Me(
          caller.displayName(),
          caller.mode().name().toLowerCase(Locale.ROOT),
          caller.role() == null ? null : caller.role().wire(),
          caller.scopeNames(),
          caller.org(),
          caller.projects().names());
    }
  }
}
