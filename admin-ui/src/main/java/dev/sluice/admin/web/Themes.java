package dev.sluice.admin.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The themes that a visitor may choose from; without a choice pages follow the system. */
public final class Themes {

  /** Keeps the choice. */
  public static final String COOKIE = "sluice_theme";

  /** Their names. */
  public static final Set<String> ALL = Set.of("light", "dark");

  private Themes() {}

  /** The one that a visitor chose; null for none. */
  static @Nullable String of(ContainerRequestContext request) {
    Cookie cookie = request.getCookies().get(COOKIE);
    return cookie != null && ALL.contains(cookie.getValue()) ? cookie.getValue() : null;
  }
}
