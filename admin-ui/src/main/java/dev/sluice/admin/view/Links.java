package dev.sluice.admin.view;

import dev.sluice.fleet.SessionHealth;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * @param org added to every link; null for the visitor's own
 * @param prompts true if the visitor reads names that are made from prompts
 */
public record Links(@Nullable String org, boolean prompts) {

  public static final String ROOT = "/admin";

  /** For pages that show no such names. */
  public Links(@Nullable String org) {
    this(org, false);
  }

  /**
   * @param parameters alternating names and values; null and empty ones are left out
   */
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

  public String queue(String project, @Nullable String... parameters) {
    return to("/queues/" + encoded(project), parameters);
  }

  public String queueAct(String project, String act, @Nullable String... parameters) {
    return to("/queues/" + encoded(project) + "/" + act, parameters);
  }

  public String work(String sessionId, String act, @Nullable String... parameters) {
    return to("/work/" + encoded(sessionId) + "/" + act, parameters);
  }

  public String dead(String sessionId, String act, @Nullable String... parameters) {
    return to("/dead/" + encoded(sessionId) + "/" + act, parameters);
  }

  /** The act on selected work. */
  public String selected(String verb) {
    return to("/selected/" + verb);
  }

  /** All dead letters. */
  public String dead() {
    return to(Section.WORK.path(), "state", "dead");
  }

  /** The workers that registered with a key. */
  public String joined(String keyId) {
    return to("/add-worker/" + encoded(keyId));
  }

  public String webhook(String id) {
    return to("/webhooks/" + encoded(id));
  }

  public String webhookAct(String id, String act) {
    return to("/webhooks/" + encoded(id) + "/" + act);
  }

  public String stop(String id, @Nullable String... parameters) {
    return to("/stops/" + encoded(id), parameters);
  }

  public String session(String id, @Nullable String... parameters) {
    return to("/sessions/" + encoded(id), parameters);
  }

  public String sessionAct(String id, String act) {
    return to("/sessions/" + encoded(id) + "/" + act);
  }

  public String faring(SessionHealth health) {
    return to(Section.WORK.path(), "health", health.word());
  }

  public String findingAct(String key, String act) {
    return to("/findings/" + encoded(key) + "/" + act);
  }

  public String host(String name) {
    return to("/hosts/" + encoded(name));
  }

  public String hostAct(String name, String act) {
    return to("/hosts/" + encoded(name) + "/" + act);
  }

  public String worker(String id) {
    return to("/workers/" + encoded(id));
  }

  public String workerAct(String id, String act) {
    return to("/workers/" + encoded(id) + "/" + act);
  }

  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
