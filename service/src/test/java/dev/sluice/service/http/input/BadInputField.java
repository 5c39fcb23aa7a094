package dev.sluice.service.http.input;

import java.util.Set;

/**
 * A field of a call.
 *
 * @param name on the wire
 * @param ifAbsent the status without it; 200 stands for any success
 * @param ifNull the status for null
 * @param kept how an accepted value comes back
 * @param pointer for {@link Kept#VALUE}
 * @param instead fields of the valid body that this one replaces
 */
public record BadInputField(
    String name,
    BadInputKind kind,
    int ifAbsent,
    int ifNull,
    Kept kept,
    String pointer,
    Set<String> instead) {

  enum Kept {
    /** Absent from answers. */
    NO,
    /** Byte for byte, escapes included. */
    BYTES,
    /** As an equal value. */
    VALUE
  }

  /** An optional field that isn't answered. */
  public static BadInputField of(String name, BadInputKind kind) {
    return new BadInputField(name, kind, 200, 200, Kept.NO, "", Set.of());
  }

  public BadInputField required() {
    return new BadInputField(name, kind, 400, 400, kept, pointer, instead);
  }

  /** May be absent, but not null: its name is wrong. */
  BadInputField notNull() {
    return new BadInputField(name, kind, ifAbsent, 400, kept, pointer, instead);
  }

  BadInputField bytes() {
    return new BadInputField(name, kind, ifAbsent, ifNull, Kept.BYTES, pointer, instead);
  }

  BadInputField at(String answerPointer) {
    return new BadInputField(name, kind, ifAbsent, ifNull, Kept.VALUE, answerPointer, instead);
  }

  BadInputField instead(String... others) {
    return new BadInputField(name, kind, ifAbsent, ifNull, kept, pointer, Set.of(others));
  }

  /** True if the server reads both in one body, neither for the other. */
  boolean isReadBeside(BadInputField other) {
    return instead.isEmpty()
        && other.instead.isEmpty()
        && !name.equalsIgnoreCase(other.name)
        && (pointer.isEmpty() || !pointer.equals(other.pointer));
  }

  /** The status for a value; 200 stands for any success. */
  int expected(BadInputValue value) {
    if (value == BadInputValue.ABSENT) {
      return ifAbsent;
    }
    return value.excessive() ? 400 : value.isNull() ? ifNull : kind.status(value);
  }
}
