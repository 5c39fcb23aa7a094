package dev.sluice.backend.engine.tables;

/** The type and the body of an activity in one text. */
public final class StoredActivity {

  /** Never part of a type, which is a name. */
  private static final char SEPARATOR = '\u0001';

  private StoredActivity() {}

  public static String of(String type, String body) {
    return type + SEPARATOR + body;
  }

  public static String type(String stored) {
    return stored.substring(0, stored.indexOf(SEPARATOR));
  }

  public static String body(String stored) {
    return stored.substring(stored.indexOf(SEPARATOR) + 1);
  }
}
