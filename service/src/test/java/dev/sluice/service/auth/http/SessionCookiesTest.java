package dev.sluice.service.auth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.auth.Operator;
import dev.sluice.service.auth.OperatorEntry;
import dev.sluice.service.auth.Operators;
import dev.sluice.service.auth.Role;
import dev.sluice.service.auth.RuntimeTokens;
import dev.sluice.service.auth.secrets.PasswordHash;
import dev.sluice.service.auth.secrets.SigningKeys;
import dev.sluice.service.auth.secrets.TokenEnds;
import dev.sluice.service.errors.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionCookiesTest {

  private static final String SECRET = "a-signing-secret-of-more-than-32-characters";
  private static final String OTHER_SECRET = "another-signing-secret-of-32-characters";
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final String HASH = PasswordHash.of("a password", 1).text();
  private static final OperatorEntry KIM = new OperatorEntry("kim", HASH, Role.OPERATOR, "default");

  @Test
  void itCountsForItsTime() {
    String cookie = minted(List.of(KIM), "kim");
    assertThat(cookies(List.of(KIM), NOON, SECRET).verify(cookie).role()).isEqualTo(Role.OPERATOR);
    Instant last = NOON.plus(Duration.ofHours(12)).minusMillis(1);
    assertThat(cookies(List.of(KIM), last, SECRET).verify(cookie).name()).isEqualTo("kim");
    ended(cookies(List.of(KIM), last.plusMillis(1), SECRET), cookie);
  }

  @Test
  void thatOfAnotherInstallationIsNone() {
    Operators operators = new Operators(List.of(KIM), List::of);
    SigningKeys elsewhere = new SigningKeys(() -> SECRET, List.of(), () -> "elsewhere");
    ended(cookies(operators, NOON, elsewhere), minted(List.of(KIM), "kim"));
  }

  @Test
  void roleAndOrgAreThoseOfNow() {
    String cookie = minted(List.of(KIM), "kim");
    OperatorEntry demoted = new OperatorEntry("kim", HASH, Role.VIEWER, "elsewhere");
    Operator now = cookies(List.of(demoted), NOON, SECRET).verify(cookie);
    assertThat(now.role()).isEqualTo(Role.VIEWER);
    assertThat(now.defaultOrg()).isEqualTo("elsewhere");
  }

  @Test
  void itEndsWithTheOperatorThePasswordAndTheKey() {
    String cookie = minted(List.of(KIM), "kim");
    ended(cookies(List.of(), NOON, SECRET), cookie);
    String samePasswordNewHash = PasswordHash.of("a password", 1).text();
    OperatorEntry changed = new OperatorEntry("kim", samePasswordNewHash, Role.OPERATOR, "default");
    ended(cookies(List.of(changed), NOON, SECRET), cookie);
    ended(cookies(List.of(KIM), NOON, OTHER_SECRET), cookie);
    assertThat(cookies(List.of(KIM), NOON, OTHER_SECRET, SECRET).verify(cookie).name())
        .as("a secret before still verifies")
        .isEqualTo("kim");
  }

  @Test
  void whileAPasswordChangesEachLoginCounts() {
    String newHash = PasswordHash.of("another password", 1).text();
    OperatorEntry both = new OperatorEntry("kim", newHash, Role.OPERATOR, "default", HASH);
    String cookie = minted(List.of(KIM), "kim");
    assertThat(cookies(List.of(both), NOON, SECRET).verify(cookie).name()).isEqualTo("kim");
    String later = minted(List.of(both), "kim");
    assertThat(cookies(List.of(both), NOON, SECRET).verify(later).name()).isEqualTo("kim");
    ended(cookies(List.of(KIM), NOON, SECRET), later);

    Operators admins = new Operators(List.of(), () -> List.of("second", "first"));
    String first = cookies(admin("first"), NOON, keys(SECRET)).mint(adminOf("first")).value();
    assertThat(cookies(admins, NOON, keys(SECRET)).verify(first).role()).isEqualTo(Role.ADMIN);
    ended(cookies(admin("second"), NOON, keys(SECRET)), first);
  }

  @Test
  void theAdminsEndsWithTheAdminsPassword() {
    String cookie = cookies(admin("first"), NOON, keys(SECRET)).mint(adminOf("first")).value();
    assertThat(cookies(admin("first"), NOON, keys(SECRET)).verify(cookie).role())
        .isEqualTo(Role.ADMIN);
    ended(cookies(admin("second"), NOON, keys(SECRET)), cookie);
    ended(cookies(admin(null), NOON, keys(SECRET)), cookie);
  }

  @Test
  void aTokenOfOneKindIsNoneOfTheOther() {
    SigningKeys keys = keys(SECRET);
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    RuntimeTokens tokens =
        new RuntimeTokens(keys, clock, Duration.ofHours(1), Duration.ofHours(24), ends(clock));
    String cookie = minted(List.of(KIM), "kim");
    assertThatThrownBy(() -> tokens.verify(cookie)).isInstanceOf(ApiException.class);
    String token = tokens.mint("default", "kim", "default", "key_1").token();
    assertThat(tokens.verify(token).caller().workerId()).isEqualTo("kim");
    ended(cookies(List.of(KIM), NOON, SECRET), token);
  }

  @Test
  void rolesAreSetsOfScopes() {
    assertThat(Role.VIEWER.scopes()).containsExactly(Scope.FLEET_READ);
    assertThat(Role.OPERATOR.scopes())
        .containsExactlyInAnyOrder(Scope.FLEET_READ, Scope.WORK_WRITE, Scope.FLEET_WRITE);
    assertThat(Role.ADMIN.scopes()).containsExactlyInAnyOrder(Scope.values());
  }

  @Test
  void whatKeepsASecretDoesNotShowIt() {
    assertThat(KIM.toString()).doesNotContain(HASH);
    assertThat(adminOf("first").toString()).doesNotContain("first");
  }

  private static String minted(List<OperatorEntry> entries, String name) {
    Operators operators = new Operators(entries, List::of);
    return cookies(operators, NOON, keys(SECRET)).mint(operators.find(name).get(0)).value();
  }

  private static Operators admin(String password) {
    return new Operators(List.of(), () -> Stream.ofNullable(password).toList());
  }

  private static Operator adminOf(String password) {
    return new Operator("admin", Role.ADMIN, null, password);
  }

  private static SessionCookies cookies(
      List<OperatorEntry> entries, Instant now, String secret, String... before) {
    return cookies(new Operators(entries, List::of), now, keys(secret, before));
  }

  private static SessionCookies cookies(Operators operators, Instant now, SigningKeys keys) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return new SessionCookies(keys, operators, clock, Duration.ofHours(12), ends(clock));
  }

  private static SigningKeys keys(String secret, String... before) {
    return new SigningKeys(() -> secret, List.of(before), () -> "here");
  }

  private static TokenEnds ends(Clock clock) {
    return new TokenEnds(
        new MemoryBackend(Rules.DEFAULTS, () -> OptionalLong.of(clock.millis())).credentials(),
        clock);
  }

  private static void ended(SessionCookies cookies, String value) {
    assertThatThrownBy(() -> cookies.verify(value))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.status()).isEqualTo(401);
              assertThat(e).hasMessage("Not logged in any more; log in again");
            });
  }
}
