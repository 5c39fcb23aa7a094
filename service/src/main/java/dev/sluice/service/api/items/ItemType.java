package dev.sluice.service.api.items;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.service.api.JsonBody;
import java.io.IOException;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A type that a client decodes a value into. As in Go, null fits all, and names ignore case. */
abstract class ItemType {

  static final ItemType TEXT =
      new ItemType() {
        @Override
        @Nullable Fault fault(JsonParser at) {
          return at.currentToken() == JsonToken.VALUE_STRING ? null : Fault.of("must be a string");
        }

        @Override
        @Nullable Fault faultOf(String json) { // a prompt may be long
          return json.startsWith("\"") ? null : Fault.of("must be a string");
        }
      };

  static final ItemType FLAG =
      new ItemType() {
        @Override
        @Nullable Fault fault(JsonParser at) {
          return at.currentToken().isBoolean() ? null : Fault.of("must be true or false");
        }
      };

  static final ItemType WHOLE =
      new ItemType() {
        @Override
        @Nullable Fault fault(JsonParser at) throws IOException {
          return isLong(at) ? null : Fault.of("must be a whole number of 64 bits");
        }
      };

  static final ItemType COUNT =
      new ItemType() {
        @Override
        @Nullable Fault fault(JsonParser at) throws IOException {
          return isLong(at) && at.getLongValue() >= 0
              ? null
              : Fault.of("must be a whole number, not negative");
        }
      };

  /** With any members. */
  static final ItemType OBJECT =
      new ItemType() {
        @Override
        @Nullable Fault fault(JsonParser at) throws IOException {
          if (at.currentToken() != JsonToken.START_OBJECT) {
            return Fault.of("must be an object");
          }
          at.skipChildren();
          return null;
        }
      };

  static final ItemType TEXTS = new ListOf(TEXT, "must be an array of strings");

  static final ItemType TEXTS_BY_NAME =
      new ItemType() {
        @Override
        @Nullable Fault fault(JsonParser at) throws IOException {
          if (at.currentToken() != JsonToken.START_OBJECT) {
            return Fault.of("must be an object");
          }
          while (at.nextToken() != JsonToken.END_OBJECT) {
            JsonToken value = at.nextToken();
            if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
              return Fault.of("must hold strings only"); // its names may be secrets
            }
          }
          return null;
        }
      };

  /** A fault of a value. {@code path} leads to it, such as {@code .endpoint} or {@code [0].env}. */
  record Fault(String path, String problem) {

    static Fault of(String problem) {
      return new Fault("", problem);
    }

    Fault below(String step) {
      return new Fault(step + path, problem);
    }
  }

  /** Reads the value that the parser is at, which is not null, up to its end or the first fault. */
  abstract @Nullable Fault fault(JsonParser at) throws IOException;

  /** As {@link #fault}, of a value that was parsed before. */
  @Nullable Fault faultOf(String json) {
    try (JsonParser parser = JsonBody.parser(json)) {
      parser.nextToken();
      return fault(parser);
    } catch (IOException e) {
      return Fault.of("is malformed");
    }
  }

  final @Nullable Fault faultUnlessNull(JsonParser at) throws IOException {
    return at.currentToken() == JsonToken.VALUE_NULL ? null : fault(at);
  }

  private static boolean isLong(JsonParser at) throws IOException {
    return at.currentToken() == JsonToken.VALUE_NUMBER_INT
        && at.getTextLength() <= Long.toString(Long.MIN_VALUE).length()
        && at.getNumberType() != NumberType.BIG_INTEGER;
  }

  /** Trims what Go takes for white space, which is more than Java does. */
  static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  static ItemType listOf(Members entry) {
    return new ListOf(entry, "must be an array of objects");
  }

  /** An object whose other members may be anything. */
  static Members object() {
    return new Members(false);
  }

  /** An object without other members. */
  static Members closed() {
    return new Members(true);
  }

  private static final class ListOf extends ItemType {
    private final ItemType entry;
    private final String problem;

    ListOf(ItemType entry, String problem) {
      this.entry = entry;
      this.problem = problem;
    }

    @Override
    @Nullable Fault fault(JsonParser at) throws IOException {
      if (at.currentToken() != JsonToken.START_ARRAY) {
        return Fault.of(problem);
      }
      for (int i = 0; at.nextToken() != JsonToken.END_ARRAY; i++) {
        Fault inside = entry.faultUnlessNull(at);
        if (inside != null) {
          return inside.below("[" + i + "]");
        }
      }
      return null;
    }
  }

  static final class Members extends ItemType {
    private final SortedMap<String, ItemType> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final boolean closed;

    private Members(boolean closed) {
      this.closed = closed;
    }

    Members texts(String names) {
      return all(names, TEXT);
    }

    /** {@code names} are separated by spaces. */
    Members all(String names, ItemType type) {
      for (String name : names.split(" ", -1)) {
        types.put(name, type);
      }
      return this;
    }

    @Nullable ItemType of(String name) {
      return types.get(name);
    }

    @Override
    @Nullable Fault fault(JsonParser at) throws IOException {
      if (at.currentToken() != JsonToken.START_OBJECT) {
        return Fault.of("must be an object");
      }
      SortedSet<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      while (at.nextToken() != JsonToken.END_OBJECT) {
        String name = at.currentName();
        at.nextToken();
        ItemType type = types.get(name);
        if (closed && (type == null || !seen.add(name))) {
          return Fault.of("may have only the members " + String.join(", ", types.keySet()));
        }
        Fault inside = type == null ? null : type.faultUnlessNull(at);
        if (inside != null) {
          return inside.below("." + name);
        }
        at.skipChildren(); // of an unknown member
      }
      return null;
    }
  }
}
