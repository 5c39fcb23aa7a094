package dev.sluice.backend.work;

import dev.sluice.backend.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The repositories that work names and workers list: docs/rules.md, "Repositories".
 *
 * <p>Each is kept among the capabilities as {@link #ANY} and its name, which no client can give.
 * The name has the parts of the clone URL from the last to the first: {@code
 * parser/acme/git.example}. So URLs of one repository that lack its host or owner begin each other.
 */
public final class Repositories {

  /** The capability to work on a repository, which every worker has. */
  public static final String ANY = "\u007f";

  private static final List<String> ONLY_ANY = List.of(ANY);

  private static final int MAX_BYTES = 1_024;

  private static final String GIT = ".git";

  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://");

  private static final Pattern PORT = Pattern.compile(":[0-9]*$");

  private Repositories() {}

  /** Returns the capability of a repository; null for a text that names none. */
  public static @Nullable String of(String cloneUrl) {
    String text = cloneUrl.strip().replace('\\', '/');
    if (Names.problem(text, MAX_BYTES) != null) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    for (String part : place(text).toLowerCase(Locale.ROOT).split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    if (parts.isEmpty()) {
      return null;
    }
    Collections.reverse(parts);
    String name = parts.get(0);
    if (name.endsWith(GIT) && name.length() > GIT.length()) {
      parts.set(0, name.substring(0, name.length() - GIT.length()));
    }
    return ANY + String.join("/", parts);
  }

  /** Returns what is listed for work whose whole repository is this id of a project. */
  public static @Nullable String ofProject(String id) {
    String repository = of(id);
    return repository == null ? null : repository + "/";
  }

  /** Cuts off scheme, user and port; a colon behind the host becomes a slash. */
  private static String place(String text) {
    String rest = SCHEME.matcher(text).replaceFirst("");
    boolean url = rest.length() < text.length();
    int slash = rest.indexOf('/');
    String host = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash);
    host = host.substring((url ? host.lastIndexOf('@') : host.indexOf('@')) + 1);
    return PORT.matcher(host).replaceFirst("").replaceFirst(":", "/") + path;
  }

  public static boolean isOne(String capability) {
    return capability.startsWith(ANY);
  }

  public static List<String> among(Collection<String> capabilities) {
    return capabilities.stream().filter(Repositories::isOne).toList();
  }

  /** Returns the capabilities that a client gave. */
  public static List<String> none(Collection<String> capabilities) {
    return capabilities.stream().filter(capability -> !isOne(capability)).toList();
  }

  public static List<String> replaced(List<String> capabilities, List<String> repositories) {
    Set<String> replaced = new LinkedHashSet<>(none(capabilities));
    replaced.addAll(repositories);
    return List.copyOf(replaced);
  }

  /** Returns the repository among required capabilities; null if they name none. */
  public static @Nullable String named(List<String> required) {
    for (int i = 0; i < required.size(); i++) {
      if (isOne(required.get(i))) {
        return required.get(i);
      }
    }
    return null;
  }

  /** Returns required capabilities with {@link #ANY} for a repository. */
  public static List<String> unnamed(List<String> required) {
    if (named(required) == null) {
      return required;
    }
    return required.size() == 1
        ? ONLY_ANY
        : Stream.concat(Stream.of(ANY), none(required).stream())
            .sorted(Names::compareBytes)
            .toList();
  }

  /** True if a worker that lists these repositories takes work of one; none listed means all. */
  public static boolean take(List<String> listed, String repository) {
    return listed.isEmpty() || listed.stream().anyMatch(each -> same(each, repository));
  }

  private static boolean same(String listed, String named) {
    return listed.equals(named) || named.startsWith(listed + "/") || listed.startsWith(named + "/");
  }

  /**
   * True if a worker with these capabilities takes a repository that it doesn't with the others.
   */
  public static boolean takeMore(List<String> capabilities, List<String> others) {
    List<String> now = among(capabilities);
    List<String> then = among(others);
    return !then.isEmpty() && (now.isEmpty() || !then.containsAll(now));
  }

  /** Returns a repository as people write it: {@code git.example/acme/parser}. */
  public static String shown(String repository) {
    List<String> parts = new ArrayList<>(List.of(repository.substring(1).split("/")));
    Collections.reverse(parts);
    return String.join("/", parts);
  }
}
