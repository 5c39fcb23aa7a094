package dev.sluice.service.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.backend.OrgIds;
import dev.sluice.service.auth.secrets.PasswordHash;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

public record OperatorEntry(
    @JsonProperty String name,
    @JsonProperty String passwordHash,
    @JsonProperty Role role,
    @JsonProperty String org,
    @JsonProperty @Nullable String previousPasswordHash) {

  public static final String ADMIN = "admin";

  /** No quotes, blanks or colons, because audit lines show it unquoted. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]{0,63}");

  /** Messages never show the hash. */
  public OperatorEntry {
    require("name", name);
    require("passwordHash", passwordHash);
    require("role", role);
    require("org", org);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "operators: name must be 1 to 64 letters, digits and ._@+- beginning with one of the"
              + " former");
    }
    if (name.equalsIgnoreCase(ADMIN)) {
      throw new IllegalArgumentException(
          "operators: admin is built in; credentials.adminPassword (SLUICE_ADMIN_PASSWORD) is its"
              + " password");
    }
    String problem = OrgIds.problem(org);
    if (problem != null) {
      throw new IllegalArgumentException("operators: org of " + name + " " + problem);
    }
    parsed("passwordHash", name, passwordHash);
    if (previousPasswordHash != null) {
      parsed("previousPasswordHash", name, previousPasswordHash);
    }
  }

  public OperatorEntry(String name, String passwordHash, Role role, String org) {
    this(name, passwordHash, role, org, null);
  }

  /** Returns the accepted hashes as text. */
  List<String> hashes() {
    return previousPasswordHash == null
        ? List.of(passwordHash)
        : List.of(passwordHash, previousPasswordHash);
  }

  private static void parsed(String part, String name, String hash) {
    try {
      PasswordHash.parse(hash);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "operators: " + part + " of " + name + " " + e.getMessage(), e);
    }
  }

  private static void require(String part, @Nullable Object value) {
    if (value == null) { // as Jackson passes an absent key
      throw new IllegalArgumentException("operators: " + part + " is missing");
    }
  }

  @Override
  public String toString() {
    return "OperatorEntry[" + name + "]";
  }
}
