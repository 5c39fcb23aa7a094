package dev.sluice.service.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads one JSON object, an array of them, or several objects in a row. Keeps each byte for byte.
 */
final class ItemFile {

  private static final JsonFactory JSON = new JsonFactory();

  private ItemFile() {}

  /** Errors have the position and no content. */
  static List<String> read(String text) throws UsageException {
    List<String> items = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.START_ARRAY) {
          for (token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            items.add(object(text, json));
          }
        } else {
          items.add(object(text, json));
        }
      }
    } catch (JsonProcessingException e) {
      throw new UsageException(
          "the items are no JSON, line "
              + e.getLocation().getLineNr()
              + " column "
              + e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw new IllegalStateException(e); // a text can be read
    }
    if (items.isEmpty()) {
      throw new UsageException("there are no items");
    }
    return items;
  }

  static String withDefaults(String item, Map<String, String> defaults) {
    Set<String> present = names(item);
    StringBuilder added = new StringBuilder();
    defaults.forEach(
        (name, json) -> {
          if (!present.contains(name)) {
            boolean first = present.isEmpty() && added.isEmpty();
            added.append(first ? "\"" : ",\"").append(name).append("\":").append(json);
          }
        });
    int end = item.lastIndexOf('}');
    return item.substring(0, end) + added + item.substring(end);
  }

  private static String object(String text, JsonParser json) throws IOException, UsageException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new UsageException(
          "an item must be a JSON object, line " + json.currentTokenLocation().getLineNr());
    }
    int start = (int) json.currentTokenLocation().getCharOffset();
    json.skipChildren();
    return text.substring(start, (int) json.currentLocation().getCharOffset());
  }

  private static Set<String> names(String item) {
    Set<String> names = new LinkedHashSet<>();
    try (JsonParser json = JSON.createParser(item)) {
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        names.add(name);
        json.nextToken();
        json.skipChildren();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e); // it was read before
    }
    return names;
  }
}
