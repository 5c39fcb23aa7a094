package dev.sluice.service.api.items;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.backend.work.Subject;
import dev.sluice.service.api.JsonBody;
import java.io.IOException;
import java.util.List;

/** Makes the subject of an item: docs/rules.md, "Subject". */
public final class ItemSubject {

  /** Enough for a title even if half of them show nothing. */
  private static final int LONGEST = 2 * Subject.MAX_TITLE;

  private static final List<String> PROFILES = List.of("resolvedProfile", "modelProfile");

  private ItemSubject() {}

  public static Subject of(JsonBody item) {
    String title = item.firstLine("title", LONGEST);
    boolean derived = title.isEmpty();
    String shown = derived ? Subject.excerpt(first(item, "prompt", "body")) : title;
    String branch = first(item, "branch", "ref");
    String model = item.firstLine("model", LONGEST);
    return new Subject(shown, branch, model.isEmpty() ? profiled(item) : model, derived);
  }

  private static String first(JsonBody item, String... members) {
    for (String member : members) {
      String line = item.firstLine(member, LONGEST);
      if (!line.isEmpty()) {
        return line;
      }
    }
    return "";
  }

  private static String profiled(JsonBody item) {
    for (String profile : PROFILES) {
      String json = item.raw(profile);
      String model = json == null ? "" : model(json);
      if (!model.isEmpty()) {
        return model;
      }
    }
    return "";
  }

  private static String model(String profile) {
    try (JsonParser parser = JsonBody.parser(profile)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals("model");
        JsonToken value = parser.nextToken();
        if (found) {
          return value == JsonToken.VALUE_STRING ? parser.getText() : "";
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      return ""; // an item of an older build
    }
    return "";
  }
}
