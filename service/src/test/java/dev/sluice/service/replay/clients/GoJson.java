package dev.sluice.service.replay.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object as Go decodes it into a struct: names match without case, an absent or null field is
 * zero, and a value of another type fails the whole object. Repeated names were refused when the
 * answer was read.
 */
record GoJson(JsonNode object) {

  GoJson {
    assertThat(object.isObject()).as("%s", object).isTrue();
  }

  String string(String name) {
    JsonNode value = member(name);
    if (value == null) {
      return "";
    }
    assertThat(value.isTextual()).as("%s: %s", name, value).isTrue();
    return value.textValue();
  }

  /** A field of type time.Time. */
  OffsetDateTime time(String name) {
    return OffsetDateTime.parse(string(name));
  }

  /** A field of type int64: no fraction, no exponent. */
  long integer(String name) {
    JsonNode value = member(name);
    if (value == null) {
      return 0;
    }
    assertThat(value.isIntegralNumber() && value.canConvertToLong())
        .as("%s: %s", name, value)
        .isTrue();
    return value.longValue();
  }

  boolean bool(String name) {
    JsonNode value = member(name);
    if (value == null) {
      return false;
    }
    assertThat(value.isBoolean()).as("%s: %s", name, value).isTrue();
    return value.booleanValue();
  }

  /** A field that is a pointer to a struct. */
  @Nullable GoJson struct(String name) {
    JsonNode value = member(name);
    return value == null ? null : new GoJson(value);
  }

  List<GoJson> structs(String name) {
    JsonNode value = member(name);
    List<GoJson> structs = new ArrayList<>();
    if (value != null) {
      assertThat(value.isArray()).as("%s: %s", name, value).isTrue();
      value.forEach(element -> structs.add(new GoJson(element)));
    }
    return structs;
  }

  boolean has(String name) {
    return member(name) != null;
  }

  private @Nullable JsonNode member(String name) {
    JsonNode found = object.get(name);
    if (found == null) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (member.getKey().equalsIgnoreCase(name)) {
          found = member.getValue();
        }
      }
    }
    return found == null || found.isNull() ? null : found;
  }
}
