package dev.sluice.service.auth;

import dev.sluice.service.auth.secrets.PasswordHash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public final class Operators {

  private static final Logger LOG = LoggerFactory.getLogger(Operators.class);

  private record Hashed(String password, PasswordHash hash) {}

  private final Map<String, Operator> configured = new LinkedHashMap<>();
  private final Map<String, PasswordHash> hashes = new LinkedHashMap<>();
  private final Supplier<@Nullable String> adminPassword;
  private final PasswordHash nobodys;
  private volatile @Nullable Hashed admins;

  /**
   * @param adminPassword null while there is no admin; asked each time, because a first start makes
   *     it later
   */
  public Operators(List<OperatorEntry> entries, Supplier<@Nullable String> adminPassword) {
    this.adminPassword = adminPassword;
    for (OperatorEntry entry : entries) {
      PasswordHash hash = PasswordHash.parse(entry.passwordHash());
      hashes.put(entry.name(), hash);
      configured.put(
          entry.name(),
          new Operator(entry.name(), entry.role(), entry.org(), entry.passwordHash()));
      if (hash.iterations() < PasswordHash.ITERATIONS) {
        LOG.warn(
            "passwordHash of operator {} has {} iterations; hash-password makes {}",
            entry.name(),
            hash.iterations(),
            PasswordHash.ITERATIONS);
      }
    }
    int cost =
        hashes.values().stream()
            .mapToInt(PasswordHash::iterations)
            .max()
            .orElse(PasswordHash.ITERATIONS);
    nobodys = PasswordHash.ofNobody(cost);
  }

  public @Nullable Operator find(String name) {
    if (!name.equals(OperatorEntry.ADMIN)) {
      return configured.get(name);
    }
    String password = adminPassword.get();
    return password == null ? null : new Operator(name, Role.ADMIN, null, password);
  }

  /** Returns null for a wrong name or password; both take the same time. */
  public @Nullable Operator authenticate(String name, String password) {
    Operator operator = find(name);
    boolean matches = hashOf(operator).matches(password);
    return matches ? operator : null;
  }

  private PasswordHash hashOf(@Nullable Operator operator) {
    if (operator == null) {
      return nobodys;
    }
    PasswordHash hash = hashes.get(operator.name());
    return hash == null ? adminHash(operator.secret()) : hash;
  }

  /** Computed at the admin's first login. */
  private PasswordHash adminHash(String password) {
    Hashed known = admins;
    if (known == null || !known.password().equals(password)) {
      known = new Hashed(password, PasswordHash.of(password, nobodys.iterations()));
      admins = known;
    }
    return known.hash();
  }
}
