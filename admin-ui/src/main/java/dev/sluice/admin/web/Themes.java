package dev.sluice.admin.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows the system until a visitor chooses. */
public final class Themes {

  public static final String COOKIE = "sluice_theme";

  public static final Set<String> ALL = Set.of("light", "dark");

  private Themes() {}

  static @Nullable String of(ContainerRequestContext request) {
    Cookie cookie = request.getCookies().get(COOKIE);
    return cookie != null && ALL.contains(cookie.getValue()) ? cookie.getValue() : null;
  }
}
