package dev.sluice.service.http.input;

import java.util.Set;

/**
 * A field of a call.
 *
 * @param name its name on the wire
 * @param kind what it takes
 * @param ifAbsent the status that leaving it out leads to, 200 standing for any success
 * @param ifNull the status that null leads to
 * @param kept how a value taken must come back
 * @param pointer where {@link Kept#VALUE} looks
 * @param instead fields of the valid body that this one is another spelling of
 */
public record BadInputField(
    String name,
    BadInputKind kind,
    int ifAbsent,
    int ifNull,
    Kept kept,
    String pointer,
    Set<String> instead) {

  /** How an accepted value comes back. */
  enum Kept {
    /** No answer has it. */
    NO,
    /** Byte for byte, escapes included. */
    BYTES,
    /** As the same value. */
    VALUE
  }

  /** A field that may be absent and isn't answered. */
  public static BadInputField of(String name, BadInputKind kind) {
    return new BadInputField(name, kind, 200, 200, Kept.NO, "", Set.of());
  }

  public BadInputField required() {
    return new BadInputField(name, kind, 400, 400, kept, pointer, instead);
  }

  /** May be absent, but not null: the server would fill it in, and then it stood there twice. */
  BadInputField notNull() {
    return new BadInputField(name, kind, ifAbsent, 400, kept, pointer, instead);
  }

  BadInputField bytes() {
    return new BadInputField(name, kind, ifAbsent, ifNull, Kept.BYTES, pointer, instead);
  }

  public BadInputField at(String answerPointer) {
    return new BadInputField(name, kind, ifAbsent, ifNull, Kept.VALUE, answerPointer, instead);
  }

  BadInputField instead(String... others) {
    return new BadInputField(name, kind, ifAbsent, ifNull, kept, pointer, Set.of(others));
  }

  /** The status that a value leads to; 200 stands for any success. */
  int expected(BadInputValue value) {
    if (value == BadInputValue.ABSENT) {
      return ifAbsent;
    }
    return value.excessive() ? 400 : value.isNull() ? ifNull : kind.status(value);
  }
}
