package dev.sluice.service.gitcredentials;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Accepts only unambiguous URLs, because a token must not go to another host: no login, escape,
 * query, parent step or plain HTTP.
 *
 * @param host in lower case, with the port of an HTTPS URL
 * @param path without outer slashes and {@code .git}
 */
record CloneUrl(String host, String path, String https) {

  private static final int MOST_CHARACTERS = 2_048;

  private static final String HOST = "([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?";
  private static final String PATH = "((?:[A-Za-z0-9._~-]+/)*[A-Za-z0-9._~-]+)/?";
  private static final String USER = "[A-Za-z0-9._-]+@";

  private static final Pattern HTTPS =
      Pattern.compile("(?i:https)://" + HOST + "(?::[0-9]{1,5})?)/" + PATH);
  private static final Pattern SSH =
      Pattern.compile("(?i:ssh)://(?:" + USER + ")?" + HOST + ")/" + PATH);
  private static final Pattern SCP = Pattern.compile(USER + HOST + "):" + PATH);

  private static final Set<String> STEPS = Set.of(".", "..");

  /** Null for anything else. */
  static @Nullable CloneUrl parse(String url) {
    if (url.length() > MOST_CHARACTERS) {
      return null;
    }
    Matcher https = HTTPS.matcher(url);
    if (https.matches()) {
      return of(https, url);
    }
    for (Pattern form : new Pattern[] {SSH, SCP}) {
      Matcher ssh = form.matcher(url);
      if (ssh.matches()) {
        return of(ssh, null);
      }
    }
    return null;
  }

  String place() {
    return host + "/" + path;
  }

  private static @Nullable CloneUrl of(Matcher parts, @Nullable String https) {
    String host = parts.group(1).toLowerCase(Locale.ROOT);
    String path = parts.group(2);
    if (path.endsWith(".git")) {
      path = path.substring(0, path.length() - 4);
    }
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty() || STEPS.contains(segment)) {
        return null;
      }
    }
    return new CloneUrl(
        host, path, https == null ? "https://" + host + "/" + path + ".git" : https);
  }
}
