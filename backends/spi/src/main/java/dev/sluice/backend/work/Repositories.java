package dev.sluice.backend.work;

import dev.sluice.backend.Names;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The repositories that work names and workers list: docs/rules.md, "Repositories".
 *
 * <p>A name has the parts of the clone URL from the last to the first: {@code
 * parser/acme/git.example}. So URLs of one repository that lack its host or owner begin each other.
 */
public final class Repositories {

  private static final int MAX_BYTES = 1_024;

  private static final String GIT = ".git";

  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://");

  private static final Pattern PORT = Pattern.compile(":[0-9]*$");

  private Repositories() {}

  /** Returns the name of a repository; null for a text that names none. */
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
    return String.join("/", parts);
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

  /** True if a worker that lists these repositories takes work of one; none listed means all. */
  public static boolean take(List<String> listed, String repository) {
    return listed.isEmpty() || listed.stream().anyMatch(each -> same(each, repository));
  }

  private static boolean same(String listed, String named) {
    return listed.equals(named) || named.startsWith(listed + "/") || listed.startsWith(named + "/");
  }

  /** True if a worker that lists these takes a repository that it doesn't with the others. */
  public static boolean takeMore(List<String> listed, List<String> others) {
    return !others.isEmpty() && (listed.isEmpty() || !others.containsAll(listed));
  }

  /** Returns a repository as people write it: {@code git.example/acme/parser}. */
  public static String shown(String repository) {
    List<String> parts = new ArrayList<>(List.of(repository.split("/")));
    Collections.reverse(parts);
    return String.join("/", parts);
  }
}
