package dev.sluice.backend.redis;

import java.util.Iterator;

/** The fields of a part of a session's line, one after the other. */
final class Fields {

  private final Iterator<String> fields;

  Fields(String part) {
    fields = Text.fields(part).iterator();
  }

  String text() {
    return fields.next();
  }

  long number() {
    return Long.parseLong(fields.next());
  }

  /** Leaves some out. */
  void skip(int count) {
    for (int i = 0; i < count; i++) {
      fields.next();
    }
  }
}
