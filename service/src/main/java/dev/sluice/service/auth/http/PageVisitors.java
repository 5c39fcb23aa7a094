package dev.sluice.service.auth.http;

import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.Visitors;
import dev.sluice.backend.OrgIds;
import dev.sluice.service.auth.CrossSite;
import dev.sluice.service.auth.Operator;
import dev.sluice.service.errors.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

public final class PageVisitors implements Visitors {

  private final SessionCookies cookies;

  public PageVisitors(SessionCookies cookies) {
    this.cookies = cookies;
  }

  @Override
  public Optional<Visitor> visitor(ContainerRequestContext request) {
    Cookie cookie = CookieCallers.cookie(request);
    return cookie == null
        ? Optional.empty()
        : visitor(cookie.getValue(), CookieCallers.askedOrg(request));
  }

  @Override
  public Optional<Visitor> visitor(HttpServletRequest request) {
    jakarta.servlet.http.Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Stream.of(cookies)
            .filter(cookie -> cookie.getName().equals(SessionCookies.NAME))
            .findFirst()
            .flatMap(cookie -> visitor(cookie.getValue(), request.getParameter("org")));
  }

  private Optional<Visitor> visitor(String cookie, @Nullable String org) {
    try {
      return Optional.of(visitor(cookies.verify(cookie), org));
    } catch (ApiException notOurs) { // who shows an old cookie is as good as nobody
      return Optional.empty();
    }
  }

  @Override
  public boolean ours(ContainerRequestContext request) {
    try {
      CrossSite.requireOurs(request);
      return true;
    } catch (ApiException foreign) {
      return false;
    }
  }

  private static Visitor visitor(Operator operator, @Nullable String asked) {
    boolean everyOrg = operator.org() == null;
    String org =
        everyOrg && asked != null && OrgIds.problem(asked) == null ? asked : operator.defaultOrg();
    return new Visitor(
        operator.name(),
        operator.credentialId(),
        VisitorRole.valueOf(operator.role().name()),
        org,
        everyOrg);
  }
}
