package dev.sluice.service.api.items;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.api.JsonBody;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The member {@code repositoryDeclaration}: Go workers validate it when they decode an item. */
final class RepositoryDeclaration extends ItemType {

  /** The choice of a repository. */
  static final Members FILTER = closed().texts("kind name role");

  private static final Members SHAPE =
      closed()
          .texts("protocol")
          .all(
              "repositories",
              listOf(
                  closed()
                      .texts("name role authority")
                      .all("source", closed().texts("repository ref").all("paths", TEXTS))))
          .all("select", FILTER);

  private static final Set<String> ROLES = Set.of("primary", "secondary", "context");

  private static final int MAX_NAME = 128;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /** Parts of a URL that would have to be cut off or decoded to find its name. */
  private static final Pattern UNCLEAR = Pattern.compile("[%?#]");

  @Override
  @Nullable Fault fault(JsonParser at) throws IOException {
    return SHAPE.fault(at);
  }

  @Override
  @Nullable Fault faultOf(String json) {
    Fault shape = super.faultOf(json);
    if (shape != null) {
      return shape;
    }
    try {
      return faultOf(JsonBody.tree(json));
    } catch (JsonProcessingException e) {
      return Fault.of("is malformed");
    }
  }

  private static @Nullable Fault faultOf(JsonNode declaration) {
    if (!text(declaration, "protocol").equals("session-root-v1")) {
      return new Fault(".protocol", "must be session-root-v1");
    }
    JsonNode repositories = member(declaration, "repositories");
    if (repositories == null || repositories.isEmpty()) {
      return new Fault(".repositories", "must not be empty");
    }
    Set<String> names = new HashSet<>();
    int primary = 0;
    for (int i = 0; i < repositories.size(); i++) {
      Fault fault = faultOfRepository(repositories.get(i), names);
      if (fault != null) {
        return fault.below(".repositories[" + i + "]");
      }
      primary += text(repositories.get(i), "role").equals("primary") ? 1 : 0;
    }
    if (primary != 1) {
      return new Fault(".repositories", "must have one with the role primary");
    }
    JsonNode select = member(declaration, "select");
    return select == null || selectsOne(select, repositories)
        ? null
        : new Fault(".select", "must select one of the repositories");
  }

  private static @Nullable Fault faultOfRepository(JsonNode repository, Set<String> names) {
    JsonNode source = member(repository, "source");
    if (source == null || trimmed(text(source, "repository")).isEmpty()) {
      return new Fault(".source.repository", "is required");
    }
    JsonNode paths = member(source, "paths");
    if (paths != null) {
      for (JsonNode path : paths) {
        if (!staysInside(path.asText(""))) {
          return new Fault(".source.paths", "must hold relative paths inside the repository");
        }
      }
    }
    String name = name(repository);
    if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
      return new Fault(".name", "must be 1 to 128 of A-Z a-z 0-9 . _ -, from a letter or digit on");
    }
    if (!names.add(name.toLowerCase(Locale.ROOT))) {
      return new Fault(".name", "is that of another repository");
    }
    if (!ROLES.contains(text(repository, "role"))) {
      return new Fault(".role", "must be primary, secondary or context");
    }
    return Set.of("", "read-only", "mutable").contains(text(repository, "authority"))
        ? null
        : new Fault(".authority", "must be read-only or mutable");
  }

  /** The given name, else the last part of the source; empty if that isn't clear. */
  private static String name(JsonNode repository) {
    String given = trimmed(text(repository, "name"));
    if (!given.isEmpty()) {
      return given;
    }
    JsonNode source = member(repository, "source");
    String url = source == null ? "" : trimmed(text(source, "repository")).replaceFirst("/+$", "");
    String last = url.replace('\\', '/').replaceFirst("^.*/", "");
    return UNCLEAR.matcher(url).find() ? "" : last.replaceFirst("\\.git$", "");
  }

  private static boolean selectsOne(JsonNode select, JsonNode repositories) {
    String name = text(select, "name");
    String role = text(select, "role");
    return switch (text(select, "kind")) {
      case "primary" -> name.isEmpty() && role.isEmpty();
      case "all" -> name.isEmpty() && role.isEmpty() && repositories.size() == 1;
      case "role" -> name.isEmpty() && ROLES.contains(role) && count(repositories, role) == 1;
      case "named" -> !name.isEmpty() && role.isEmpty() && isNamed(repositories, name);
      default -> false;
    };
  }

  private static boolean isNamed(JsonNode repositories, String name) {
    for (JsonNode repository : repositories) {
      if (name(repository).equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static int count(JsonNode repositories, String role) {
    int count = 0;
    for (JsonNode repository : repositories) {
      count += text(repository, "role").equals(role) ? 1 : 0;
    }
    return count;
  }

  private static boolean staysInside(String path) {
    String trimmed = trimmed(path);
    if (trimmed.startsWith("/")) {
      return false;
    }
    int depth = 0;
    for (String part : trimmed.split("/", -1)) {
      depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
      if (depth < 0) {
        return false;
      }
    }
    return depth > 0;
  }

  private static String text(JsonNode object, String name) {
    JsonNode member = member(object, name);
    return member == null ? "" : member.asText("");
  }

  /** Null for null too. */
  private static @Nullable JsonNode member(JsonNode object, String name) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (member.getKey().equalsIgnoreCase(name)) {
        return member.getValue().isNull() ? null : member.getValue();
      }
    }
    return null;
  }
}
