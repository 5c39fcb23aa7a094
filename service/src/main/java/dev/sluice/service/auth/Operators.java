package dev.sluice.service.auth;

import dev.sluice.service.auth.secrets.PasswordHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operator has one password, or two while it changes: each logs in by either. */
public final class Operators {

  private static final Logger LOG = LoggerFactory.getLogger(Operators.class);

  private final Map<String, List<Operator>> configured = new LinkedHashMap<>();
  private final Supplier<List<String>> adminPasswords;

  /** By secret: the text of a hash, or a password of the admin. */
  private final Map<String, PasswordHash> hashes = new ConcurrentHashMap<>();

  private final PasswordHash nobodys;

  /**
   * @param adminPasswords none while there is no admin; asked each time, because a first start
   *     makes one later
   */
  public Operators(List<OperatorEntry> entries, Supplier<List<String>> adminPasswords) {
    this.adminPasswords = adminPasswords;
    for (OperatorEntry entry : entries) {
      List<Operator> known = new ArrayList<>();
      for (String text : entry.hashes()) {
        PasswordHash hash = PasswordHash.parse(text);
        hashes.put(text, hash);
        known.add(new Operator(entry.name(), entry.role(), entry.org(), text));
        if (hash.iterations() < PasswordHash.ITERATIONS) {
          LOG.warn(
              "passwordHash of operator {} has {} iterations; hash-password makes {}",
              entry.name(),
              hash.iterations(),
              PasswordHash.ITERATIONS);
        }
      }
      configured.put(entry.name(), known);
    }
    int cost =
        hashes.values().stream()
            .mapToInt(PasswordHash::iterations)
            .max()
            .orElse(PasswordHash.ITERATIONS);
    nobodys = PasswordHash.ofNobody(cost);
  }

  /** Returns the operator once for each of its passwords, the current one first. */
  public List<Operator> find(String name) {
    if (!name.equals(OperatorEntry.ADMIN)) {
      return configured.getOrDefault(name, List.of());
    }
    return adminPasswords.get().stream()
        .map(password -> new Operator(name, Role.ADMIN, null, password))
        .toList();
  }

  /** Returns null for a wrong name or password; both take the same time. */
  public @Nullable Operator authenticate(String name, String password) {
    List<Operator> known = find(name);
    @Nullable Operator found = null;
    for (int i = 0; i < most(); i++) {
      boolean matches = hash(i < known.size() ? known.get(i) : null).matches(password);
      if (matches && found == null && i < known.size()) {
        found = known.get(i);
      }
    }
    return found;
  }

  private int most() {
    int admins = Math.max(1, adminPasswords.get().size());
    return configured.values().stream().mapToInt(Collection::size).reduce(admins, Math::max);
  }

  /** The admin's is computed at the first login. */
  private PasswordHash hash(@Nullable Operator operator) {
    return operator == null
        ? nobodys
        : hashes.computeIfAbsent(
            operator.secret(), password -> PasswordHash.of(password, nobodys.iterations()));
  }
}
