package dev.sluice.service.auth;

import dev.sluice.admin.Role;
import dev.sluice.admin.Visitor;
import dev.sluice.admin.Visitors;
import dev.sluice.backend.OrgIds;
import dev.sluice.service.errors.ApiException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The dashboard's visitors are the operators, by the cookie that the API knows them by. */
public final class PageVisitors implements Visitors {

  private final SessionCookies cookies;

  public PageVisitors(SessionCookies cookies) {
    this.cookies = cookies;
  }

  @Override
  public Optional<Visitor> visitor(ContainerRequestContext request) {
    Cookie cookie = CookieCallers.cookie(request);
    if (cookie == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(visitor(cookies.verify(cookie.getValue()), request));
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

  private static Visitor visitor(Operator operator, ContainerRequestContext request) {
    boolean everyOrg = operator.org() == null;
    @Nullable String asked = CookieCallers.askedOrg(request);
    String org =
        everyOrg && asked != null && OrgIds.problem(asked) == null ? asked : operator.defaultOrg();
    return new Visitor(
        operator.name(),
        operator.credentialId(),
        Role.valueOf(operator.role().name()),
        org,
        everyOrg);
  }
}
