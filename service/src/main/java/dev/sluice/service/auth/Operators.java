package dev.sluice.service.auth;

import dev.sluice.service.auth.secrets.PasswordHash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operators of the configuration, and the built-in admin of every org. */
public final class Operators {

  private static final Logger LOG = LoggerFactory.getLogger(Operators.class);

  private record Hashed(String password, PasswordHash hash) {}

  private final Map<String, Operator> configured = new LinkedHashMap<>();
  private final Map<String, PasswordHash> hashes = new LinkedHashMap<>();
  private final Supplier<@Nullable String> adminPassword;
  private final PasswordHash nobodys;
  private volatile @Nullable Hashed admins;

  /**
   * @param entries each name once
   * @param adminPassword null while there is no admin; asked each time, since a first start makes
   *     one only once the store answers
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

  /** The operator of that name, or null. */
  public @Nullable Operator find(String name) {
    if (!name.equals(OperatorEntry.ADMIN)) {
      return configured.get(name);
    }
    String password = adminPassword.get();
    return password == null ? null : new Operator(name, Role.ADMIN, null, password);
  }

  /**
   * The operator of that name and password, or null. An unknown name takes as long as a wrong
   * password.
   *
   * @param password not empty
   */
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

  /** Made at the admin's first login: most processes never see one. */
  private PasswordHash adminHash(String password) {
    Hashed known = admins;
    if (known == null || !known.password().equals(password)) {
      known = new Hashed(password, PasswordHash.of(password, nobodys.iterations()));
      admins = known;
    }
    return known.hash();
  }
}
