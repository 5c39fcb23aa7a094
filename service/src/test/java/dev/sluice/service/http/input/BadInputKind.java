package dev.sluice.service.http.input;

import dev.sluice.backend.AuditNote;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.StreamSupport;

/** The kind of a field: the status of each value; 200 stands for any success. */
public interface BadInputKind {

  int status(BadInputValue value);

  BadInputKind NAME = value -> taken(value.text() != null && BadInputValue.isName(value.text()));

  /** A reason: short, on one line, possibly empty. */
  BadInputKind REASON =
      value -> taken(value.text() != null && AuditNote.problem(value.text()) == null);

  BadInputKind NAME_OR_EMPTY = value -> "".equals(value.text()) ? 200 : NAME.status(value);

  /** A position in a list: a whole number in quotes. */
  BadInputKind POSITION =
      value -> taken(value.text() != null && value.text().matches("[0-9]{0,18}"));

  /** A session id, which must fit into a path. */
  BadInputKind SESSION_ID = value -> "..".equals(value.text()) ? 400 : NAME.status(value);

  /** The id of the caller's own worker, which no value here is. */
  BadInputKind OWN_WORKER_ID = value -> NAME.status(value) == 200 ? 403 : 400;

  /** The id of a session, which no value here is. */
  BadInputKind KNOWN_SESSION_ID = value -> NAME.status(value) == 200 ? 404 : 400;

  BadInputKind OPAQUE_TEXT = value -> taken(value.text() != null);

  BadInputKind FILLED = value -> "".equals(value.text()) ? 400 : text().status(value);

  /** An array of objects, none of which is a value here. */
  BadInputKind OBJECTS = value -> taken(value.json().equals("[]"));

  /** At most 1,000 objects, whose members are optional. */
  BadInputKind UP_TO_1000_OBJECTS =
      value ->
          value.isArray() && value.parsed() != null && value.parsed().size() > 1_000
              ? 413
              : taken(List.of("[]", "[{}]").contains(value.json()));

  /** An array of any values, or their number. */
  BadInputKind ARRAY_OR_COUNT =
      value ->
          value.isArray() && (value.parsed() == null || value.parsed().size() <= 1_000)
              ? 200
              : integer(0, 100_000).status(value);

  /** At most 1,000 session ids. */
  BadInputKind SESSIONS =
      value ->
          value.isArray() && value.parsed() != null && value.parsed().size() > 1_000
              ? 413
              : names(1_000).status(value);

  BadInputKind BOOLEAN = value -> taken(value.parsed() != null && value.parsed().isBoolean());

  BadInputKind QUANTITY =
      value -> taken(value.isNumber() && value.finite() && value.parsed().doubleValue() >= 0);

  BadInputKind OBJECT = value -> taken(value.isObject() && value.finite());

  BadInputKind ANY = value -> taken(value.finite());

  /** Anything: never read. */
  BadInputKind IGNORED = value -> 200;

  /** A fixed set of words, none of which is a value here. */
  BadInputKind WORD = value -> 400;

  /** A cost: a number from 0 to a million. */
  BadInputKind AMOUNT =
      value -> taken(value.isNumber() && value.finite() && value.parsed().doubleValue() >= 0);

  /** A time, none of which is a text here. */
  BadInputKind TIME = integer(0, 253_402_300_799_999L);

  BadInputKind TEXTS =
      value ->
          taken(
              value.isObject()
                  && value.parsed() != null
                  && StreamSupport.stream(value.parsed().spliterator(), false)
                      .allMatch(each -> each.isTextual()));

  /** An object with words, none of which is a value here. */
  BadInputKind REMEDIES = value -> taken(value.json().equals("{}"));

  BadInputKind LABELS = value -> taken(List.of("{}", "{\"a\":\"b\"}").contains(value.json()));

  BadInputKind RESOURCES =
      value -> taken(value.isObject() && value.finite() && !value.json().contains("1.5}"));

  static BadInputKind text() {
    return value -> taken(value.text() != null && BadInputValue.wellFormed(value.text()));
  }

  /** Well-formed text; 400 above {@code max} characters. */
  static BadInputKind text(int max) {
    return value ->
        text().status(value) == 200 && value.text().length() > max ? 400 : text().status(value);
  }

  /** Text; 413 above {@code max} characters. */
  static BadInputKind largeText(BadInputKind text, int max) {
    return value ->
        text.status(value) == 200 && value.json().length() > max ? 413 : text.status(value);
  }

  static BadInputKind integer(long min, long max) {
    return value -> {
      BigInteger integer = value.integer();
      return taken(
          integer != null
              && integer.compareTo(BigInteger.valueOf(min)) >= 0
              && integer.compareTo(BigInteger.valueOf(max)) <= 0);
    };
  }

  static BadInputKind names(int max) {
    return value ->
        taken(
            value.isArray()
                && value.parsed() != null
                && value.parsed().size() <= max
                && StreamSupport.stream(value.parsed().spliterator(), false)
                    .allMatch(each -> each.isTextual() && BadInputValue.isName(each.textValue())));
  }

  /** An array of texts. */
  BadInputKind MESSAGE_IDS =
      value ->
          taken(
              value.isArray()
                  && value.parsed() != null
                  && value.parsed().size() <= 100
                  && StreamSupport.stream(value.parsed().spliterator(), false)
                      .allMatch(
                          each -> each.isTextual() && BadInputValue.wellFormed(each.textValue())));

  private static int taken(boolean taken) {
    return taken ? 200 : 400;
  }
}
