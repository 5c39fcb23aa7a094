package dev.sluice.service.cli;

import dev.sluice.service.cli.wire.PageClient;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows links from the overview to one page of each kind. */
final class PageWalk {

  private static final int MOST = 200;

  private static final Pattern LINK = Pattern.compile("href=\"(/admin[^\"]*)\"");

  /** Also links to another org. */
  private static final Pattern NO_PAGE =
      Pattern.compile("/admin/(assets|login|logout|theme|events)(\\W.*)?|.*[?&]org=.*");

  /** Parameters whose values make another kind of page; the others are ids and cursors. */
  private static final Pattern KINDS = Pattern.compile("place|lane|state|health|span|item|verb");

  private final PageClient client;
  private final Map<String, String> found = new LinkedHashMap<>();
  private final Deque<String> unseen = new ArrayDeque<>();

  PageWalk(PageClient client) {
    this.client = client;
  }

  /** By kind, in the order of discovery. */
  Map<String, String> run() throws IOException, InterruptedException {
    add("/admin");
    while (!unseen.isEmpty()) {
      links(client.load(unseen.poll()).text()).forEach(this::add);
    }
    return found;
  }

  private void add(String address) {
    if (found.size() < MOST
        && !NO_PAGE.matcher(address).matches()
        && found.putIfAbsent(kind(address), address) == null) {
      unseen.add(address);
    }
  }

  static List<String> links(String page) {
    List<String> links = new ArrayList<>();
    Matcher link = LINK.matcher(page);
    while (link.find()) {
      links.add(
          link.group(1)
              .replace("&#61;", "=")
              .replace("&quot;", "\"")
              .replace("&#39;", "'")
              .replace("&amp;", "&")
              .replaceFirst("#.*", ""));
    }
    return links;
  }

  static String kind(String address) {
    String[] parts = address.split("\\?", 2);
    String[] path = parts[0].split("/");
    StringBuilder kind = new StringBuilder();
    for (int i = 1; i < path.length; i++) {
      // "/admin/queues/ID/pause": what stands third is an id, but where it is a page's own name.
      boolean id = i == 3 && !path[2].equals("keys") || i == 3 && path.length > 4;
      kind.append('/').append(id ? "*" : path[i]);
    }
    if (parts.length == 2) {
      char separator = '?';
      for (String parameter : parts[1].split("&")) {
        String[] pair = parameter.split("=", 2);
        kind.append(separator).append(pair[0]).append('=');
        kind.append(KINDS.matcher(pair[0]).matches() && pair.length == 2 ? pair[1] : "*");
        separator = '&';
      }
    }
    return kind.toString();
  }
}
