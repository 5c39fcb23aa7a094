package dev.sluice.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON as maps, lists, strings, numbers, booleans and nulls. */
public final class Json {

  private static final int DEEPEST = 500;

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /**
   * @throws IllegalArgumentException if the text isn't JSON
   */
  public static @Nullable Object read(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.space();
    if (json.at < text.length()) {
      throw json.wrong();
    }
    return value;
  }

  /**
   * @throws IllegalArgumentException if the text isn't a JSON object
   */
  public static Map<String, Object> readObject(String text) {
    return object(read(text));
  }

  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  @SuppressWarnings("unchecked") // every object that this class reads has strings as its names
  static Map<String, Object> object(@Nullable Object value) {
    if (value instanceof Map) {
      return (Map<String, Object>) value;
    }
    throw new IllegalArgumentException("not a JSON object");
  }

  /** Returns a member that is an object; an empty map if there is none. */
  static Map<String, Object> object(Map<String, Object> from, String name) {
    return from.get(name) instanceof Map ? object(from.get(name)) : Map.of();
  }

  /** Returns a member that is an array; an empty list if there is none. */
  static List<?> list(Map<String, Object> from, String name) {
    return from.get(name) instanceof List<?> list ? list : List.of();
  }

  /** Returns a member that is a string; an empty one if there is none. */
  static String text(Map<String, Object> from, String name) {
    return from.get(name) instanceof String string ? string : "";
  }

  /** Returns a member that is a number; 0 if there is none. */
  static long number(Map<String, Object> from, String name) {
    return from.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> object) {
      String before = "{";
      for (Map.Entry<?, ?> member : object.entrySet()) {
        out.append(before);
        quote(String.valueOf(member.getKey()), out);
        out.append(':');
        write(member.getValue(), out);
        before = ",";
      }
      out.append(object.isEmpty() ? "{}" : "}");
    } else if (value instanceof Iterable<?> array) {
      out.append('[');
      String before = "";
      for (Object element : array) {
        out.append(before);
        write(element, out);
        before = ",";
      }
      out.append(']');
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      quote(value.toString(), out);
    }
  }

  private static void quote(String string, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private @Nullable Object value() {
    space();
    if (at == text.length() || ++depth > DEEPEST) {
      throw wrong();
    }
    Object value =
        switch (text.charAt(at)) {
          case '{' -> object();
          case '[' -> array();
          case '"' -> string();
          case 't' -> word("true", true);
          case 'f' -> word("false", false);
          case 'n' -> word("null", null);
          default -> number();
        };
    depth--;
    return value;
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    if (next('}')) {
      return object;
    }
    do {
      space();
      String name = string();
      expect(':');
      object.put(name, value());
    } while (next(','));
    expect('}');
    return object;
  }

  private List<Object> array() {
    List<Object> array = new ArrayList<>();
    at++;
    if (next(']')) {
      return array;
    }
    do {
      array.add(value());
    } while (next(','));
    expect(']');
    return array;
  }

  private String string() {
    if (at == text.length() || text.charAt(at) != '"') {
      throw wrong();
    }
    StringBuilder string = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return string.toString();
      }
      string.append(c == '\\' ? escaped() : c);
    }
    throw wrong();
  }

  private char escaped() {
    at++;
    char c = at < text.length() ? text.charAt(at) : ' ';
    int plain = "\"\\/bfnrt".indexOf(c);
    if (plain >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    if (c != 'u' || at + 4 >= text.length()) {
      throw wrong();
    }
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
  }

  private Number number() {
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(from, at);
    try {
      return Long.valueOf(number);
    } catch (NumberFormatException notWhole) {
      return number.isEmpty() ? fail() : Double.valueOf(number);
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong();
    }
    at += word.length();
    return value;
  }

  private void expect(char c) {
    if (!next(c)) {
      throw wrong();
    }
  }

  private boolean next(char c) {
    space();
    boolean there = at < text.length() && text.charAt(at) == c;
    if (there) {
      at++;
    }
    return there;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private Number fail() {
    throw wrong();
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("Not JSON at character " + at);
  }
}
