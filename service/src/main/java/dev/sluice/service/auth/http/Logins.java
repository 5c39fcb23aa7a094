package dev.sluice.service.auth.http;

import dev.sluice.service.auth.Admission;
import dev.sluice.service.auth.ClientAddress;
import dev.sluice.service.auth.FailedAuthentication;
import dev.sluice.service.auth.Operator;
import dev.sluice.service.auth.Operators;
import dev.sluice.service.auth.Role;
import dev.sluice.service.auth.secrets.HashingGate;
import dev.sluice.service.control.AuditLog;
import dev.sluice.service.errors.ApiException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes each attempt to the audit log. */
public final class Logins {

  private static final int TOGETHER = 2;
  private static final int WAITING = 16;

  /** {@code org} is the default one. */
  public record Session(String name, Role role, String org, String cookie, Instant expiresAt) {}

  private final Operators operators;
  private final SessionCookies cookies;
  private final LoginLimit limit;
  private final Admission admission;
  private final HashingGate gate = new HashingGate(TOGETHER, WAITING);

  public Logins(Operators operators, SessionCookies cookies, Clock clock, Admission admission) {
    this.operators = operators;
    this.cookies = cookies;
    this.limit = new LoginLimit(clock);
    this.admission = admission;
  }

  public Session login(String name, String password, String remote) {
    String address = ClientAddress.of(remote);
    limit.attempt(name, address);
    Optional<Operator> found = authenticate(name, password, address);
    if (found.isEmpty()) {
      admission.count(FailedAuthentication.WRONG_PASSWORD);
      AuditLog.line("-", "-", "login refused", name, "from " + address);
      throw ApiException.loginFailed();
    }
    limit.succeeded(name, address);
    Operator operator = found.get();
    SessionCookies.Minted cookie = cookies.mint(operator);
    AuditLog.line(operator.defaultOrg(), operator.credentialId(), "login", name, "from " + address);
    return new Session(
        name, operator.role(), operator.defaultOrg(), cookie.value(), cookie.expiresAt());
  }

  /** Ends one login, or all of its operator. */
  public void logout(@Nullable String cookie, boolean everywhere) {
    if (cookie == null) {
      return;
    }
    SessionCookies.Session session;
    try {
      session = cookies.session(cookie);
    } catch (ApiException notLoggedIn) {
      return;
    }
    cookies.end(session, everywhere);
    Operator operator = session.operator();
    AuditLog.line(
        operator.defaultOrg(),
        operator.credentialId(),
        "logout",
        operator.name(),
        everywhere ? "everywhere" : "");
  }

  private Optional<Operator> authenticate(String name, String password, String address) {
    try {
      return gate.pass(() -> Optional.ofNullable(operators.authenticate(name, password)));
    } catch (ApiException busy) {
      limit.withdraw(name, address);
      throw busy;
    }
  }
}
