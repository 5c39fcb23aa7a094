package dev.sluice.admin.web;

import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Notice;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries a notice to the next page in a cookie: the next page may come from another node, and an
 * address could be passed on.
 */
public final class Notices {

  static final String COOKIE = "sluice_notice";

  private static final int MOST_WORDS = 500;
  private static final int SECONDS = 60;
  private static final Set<String> TONES = Set.of(Badge.DONE, Badge.WAIT, Badge.FAIL);

  private Notices() {}

  public static NewCookie keep(ContainerRequestContext request, Notice notice) {
    String text = notice.tone() + " " + Formats.cut(notice.words(), MOST_WORDS);
    String value =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return cookie(request, value, SECONDS);
  }

  static @Nullable Notice of(ContainerRequestContext request) {
    Cookie cookie = request.getCookies().get(COOKIE);
    return cookie == null ? null : parse(cookie.getValue());
  }

  /** True if the request has a notice, legible or not. */
  static boolean brought(ContainerRequestContext request) {
    return request.getCookies().containsKey(COOKIE);
  }

  static NewCookie forget(ContainerRequestContext request) {
    return cookie(request, "", 0);
  }

  private static @Nullable Notice parse(String value) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
      int space = text.indexOf(' ');
      return space > 0 && TONES.contains(text.substring(0, space))
          ? new Notice(text.substring(0, space), text.substring(space + 1))
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static NewCookie cookie(ContainerRequestContext request, String value, int seconds) {
    return new NewCookie.Builder(COOKIE)
        .value(value)
        .maxAge(seconds)
        .path("/admin")
        .httpOnly(true)
        .secure(request.getSecurityContext().isSecure())
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }
}
