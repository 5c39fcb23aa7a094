package dev.sluice.admin.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a form.
 *
 * @param name in the form, and its id
 * @param label for people
 * @param kind what is typed in
 * @param value what it holds
 * @param hint below it; null for none
 * @param required whether it must hold something
 * @param options what there is to choose from, for a choice
 * @param error what is wrong with it; null for nothing
 */
public record Field(
    String name,
    String label,
    Kind kind,
    String value,
    @Nullable String hint,
    boolean required,
    List<Option> options,
    @Nullable String error) {

  /** What is typed in. */
  public enum Kind {
    TEXT,
    LINES,
    NUMBER,
    CHOICE,
    BOX,
    BOXES,
    HIDDEN
  }

  /** One of a choice. */
  public record Option(String value, String label, boolean chosen) {}

  public Field {
    options = List.copyOf(options);
  }

  /** One line. */
  public static Field text(String name, String label, String value) {
    return new Field(name, label, Kind.TEXT, value, null, false, List.of(), null);
  }

  /** Several lines. */
  public static Field lines(String name, String label, String value) {
    return new Field(name, label, Kind.LINES, value, null, false, List.of(), null);
  }

  /** A number. */
  public static Field number(String name, String label, String value) {
    return new Field(name, label, Kind.NUMBER, value, null, false, List.of(), null);
  }

  /** A box to tick. */
  public static Field box(String name, String label, boolean ticked) {
    return new Field(name, label, Kind.BOX, ticked ? "on" : "", null, false, List.of(), null);
  }

  /** One of several, from a list. */
  public static Field choice(String name, String label, List<Option> options) {
    return new Field(name, label, Kind.CHOICE, "", null, true, options, null);
  }

  /** Any of several, each with a box. */
  public static Field boxes(String name, String label, List<Option> options) {
    return new Field(name, label, Kind.BOXES, "", null, false, options, null);
  }

  /** What nobody types in. */
  public static Field hidden(String name, String value) {
    return new Field(name, name, Kind.HIDDEN, value, null, false, List.of(), null);
  }

  /** Why, for the audit line. */
  public static Field reason(String value) {
    return text("reason", "Reason", value).hint("Recorded in the audit log.");
  }

  /** The same with a line below it. */
  public Field hint(String words) {
    return new Field(name, label, kind, value, words, required, options, error);
  }

  /** The same, which must hold something. */
  public Field needed() {
    return new Field(name, label, kind, value, hint, true, options, error);
  }

  /** The same with what is wrong with it. */
  Field wrong(String words) {
    return new Field(name, label, kind, value, hint, required, options, words);
  }

  /** Whether it is one line. */
  public boolean isText() {
    return kind == Kind.TEXT;
  }

  /** Whether it is several lines. */
  public boolean isLines() {
    return kind == Kind.LINES;
  }

  /** Whether it is a number. */
  public boolean isNumber() {
    return kind == Kind.NUMBER;
  }

  /** Whether it is a choice. */
  public boolean isChoice() {
    return kind == Kind.CHOICE;
  }

  /** Whether it is a box. */
  public boolean isBox() {
    return kind == Kind.BOX;
  }

  /** Whether it is several boxes. */
  public boolean isBoxes() {
    return kind == Kind.BOXES;
  }

  /** Whether it isn't shown. */
  public boolean isHidden() {
    return kind == Kind.HIDDEN;
  }

  /** Whether a box is ticked. */
  public boolean ticked() {
    return !value.isEmpty();
  }

  /** Whether something is said of it, which its field points to. */
  public boolean described() {
    return hint != null || error != null;
  }
}
