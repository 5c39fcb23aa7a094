package dev.sluice.service.api;

import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.control.KeyRing;
import dev.sluice.service.errors.ApiException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Empty {@code projects} means all; {@code expiresAt} is epoch ms. */
public record KeyBody(
    String name,
    Key.Type type,
    Set<Scope> scopes,
    List<String> projects,
    @Nullable Long expiresAt) {

  private static final String SCOPES =
      "must hold one or more of: "
          + Arrays.stream(Scope.values()).map(Scope::wire).collect(Collectors.joining(", "));

  /** A registration key has one scope, which may be absent. */
  public static KeyBody read(JsonBody body, long nowMs) {
    Key.Type type = type(body.string("type"));
    return new KeyBody(
        body.requiredName("name"),
        type,
        scopes(body, type),
        body.names("projects", KeyRing.MAX_PROJECTS),
        expiresAt(body, nowMs));
  }

  private static @Nullable Long expiresAt(JsonBody body, long nowMs) {
    Long expiresAt = body.time("expiresAt");
    if (expiresAt != null && expiresAt <= nowMs) {
      throw ApiException.invalid("expiresAt", "must be in the future");
    }
    return expiresAt;
  }

  public static String wire(Key.Type type) {
    return type == Key.Type.USER ? "user" : "worker-registration";
  }

  private static Key.Type type(@Nullable String wanted) {
    return Arrays.stream(Key.Type.values())
        .filter(type -> wire(type).equals(wanted))
        .findFirst()
        .orElseThrow(() -> ApiException.invalid("type", "must be worker-registration or user"));
  }

  private static Set<Scope> scopes(JsonBody body, Key.Type type) {
    if (type == Key.Type.WORKER_REGISTRATION) {
      if (body.has("scopes")
          && !body.names("scopes", 1).equals(List.of(Scope.WORKER_REGISTER.wire()))) {
        throw ApiException.invalid("scopes", "of a registration key are worker:register alone");
      }
      return Set.of(Scope.WORKER_REGISTER);
    }
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    body.names("scopes", Scope.values().length).forEach(wanted -> scopes.add(scope(wanted)));
    if (scopes.isEmpty()) {
      throw ApiException.invalid("scopes", SCOPES);
    }
    return scopes;
  }

  private static Scope scope(String wanted) {
    return Arrays.stream(Scope.values())
        .filter(scope -> scope.wire().equals(wanted))
        .findFirst()
        .orElseThrow(() -> ApiException.invalid("scopes", SCOPES));
  }
}
