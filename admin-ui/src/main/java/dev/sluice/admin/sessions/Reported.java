package dev.sluice.admin.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Ref;
import dev.sluice.backend.sessions.Session;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field reported by workers.
 *
 * @param text null for links
 */
public record Reported(String name, @Nullable String text, List<Ref> links) {

  private static final int MOST_TEXT = 4_000;
  private static final int MOST_LINKS = 50;
  private static final String LINKS = "externalUrls";

  static List<Reported> of(Session session) {
    return session.fields().entrySet().stream()
        .filter(field -> !field.getValue().equals("null"))
        .map(field -> of(field.getKey(), field.getValue()))
        .toList();
  }

  private static Reported of(String name, String json) {
    List<Ref> links = name.equals(LINKS) ? links(json) : List.of();
    return new Reported(
        name, links.isEmpty() ? Formats.cut(JsonText.text(json), MOST_TEXT) : null, links);
  }

  private static List<Ref> links(String json) {
    List<Ref> links = new ArrayList<>();
    JsonNode all = JsonText.read(json);
    if (all == null || !all.isArray()) {
      return links;
    }
    for (JsonNode each : all) {
      String url = each.path("url").asText();
      if (links.size() < MOST_LINKS) {
        links.add(new Ref(each.path("label").asText(url), leadsToTheWeb(url) ? url : null));
      }
    }
    return links;
  }

  /** The service refuses other addresses; this checks again. */
  private static boolean leadsToTheWeb(String url) {
    try {
      String scheme = URI.create(url).getScheme();
      return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
