package dev.sluice.admin.view;

import dev.sluice.admin.fleet.SessionHealth;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of pages.
 *
 * @param org the org that every link keeps to, or null for the visitor's own
 */
public record Links(@Nullable String org) {

  /** Where all pages stand. */
  public static final String ROOT = "/admin";

  /** A page, with parameters by name and value; those whose value is null or empty are left out. */
  public String to(String path, @Nullable String... parameters) {
    StringBuilder url = new StringBuilder(ROOT).append(path);
    char separator = '?';
    for (int i = 0; i + 1 < parameters.length; i += 2) {
      separator = append(url, separator, parameters[i], parameters[i + 1]);
    }
    append(url, separator, "org", org);
    return url.toString();
  }

  private static char append(
      StringBuilder url, char separator, @Nullable String name, @Nullable String value) {
    if (name == null || value == null || value.isEmpty()) {
      return separator;
    }
    url.append(separator).append(name).append('=').append(encoded(value));
    return '&';
  }

  /** The queue of a project; parameters as of {@link #to}. */
  public String queue(String project, @Nullable String... parameters) {
    return to("/queues/" + encoded(project), parameters);
  }

  /** The form of an act on the queue of a project; parameters as of {@link #to}. */
  public String queueAct(String project, String act, @Nullable String... parameters) {
    return to("/queues/" + encoded(project) + "/" + act, parameters);
  }

  /** The form of an act on waiting work; parameters as of {@link #to}. */
  public String work(String sessionId, String act, @Nullable String... parameters) {
    return to("/work/" + encoded(sessionId) + "/" + act, parameters);
  }

  /** The form of an act on a dead letter; parameters as of {@link #to}. */
  public String dead(String sessionId, String act, @Nullable String... parameters) {
    return to("/dead/" + encoded(sessionId) + "/" + act, parameters);
  }

  /** What became of an order to stop many; parameters as of {@link #to}. */
  public String stop(String id, @Nullable String... parameters) {
    return to("/stops/" + encoded(id), parameters);
  }

  /** A session; parameters as of {@link #to}. */
  public String session(String id, @Nullable String... parameters) {
    return to("/sessions/" + encoded(id), parameters);
  }

  /** The form of an act on a session. */
  public String sessionAct(String id, String act) {
    return to("/sessions/" + encoded(id) + "/" + act);
  }

  /** The claimed sessions that fare so. */
  public String faring(SessionHealth health) {
    return to(Section.SESSIONS.path(), "health", health.word());
  }

  /** A worker. */
  public String worker(String id) {
    return to("/workers/" + encoded(id));
  }

  /** The form of an act on a worker. */
  public String workerAct(String id, String act) {
    return to("/workers/" + encoded(id) + "/" + act);
  }

  /** A text as one segment of a path, or one value of a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
