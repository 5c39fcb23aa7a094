package dev.sluice.admin.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param hint null for none
 * @param error follows the label; null for none
 * @param zone of a time; null for other fields
 */
public record Field(
    String name,
    String label,
    Kind kind,
    String value,
    @Nullable String hint,
    boolean required,
    List<Option> options,
    @Nullable String error,
    @Nullable Zone zone) {

  /** The field with the name of a time's zone. */
  public static final String ZONE = "zone";

  public enum Kind {
    TEXT,
    LINES,
    NUMBER,
    CHOICE,
    BOX,
    BOXES,
    HIDDEN,
    TIME
  }

  public record Zone(String name, String utcNow) {}

  public record Option(String value, String label, boolean chosen) {}

  public static Field text(String name, String label, String value) {
    return new Field(name, label, Kind.TEXT, value, null, false, List.of(), null, null);
  }

  public static Field lines(String name, String label, String value) {
    return new Field(name, label, Kind.LINES, value, null, false, List.of(), null, null);
  }

  public static Field number(String name, String label, String value) {
    return new Field(name, label, Kind.NUMBER, value, null, false, List.of(), null, null);
  }

  public static Field box(String name, String label, boolean ticked) {
    return new Field(name, label, Kind.BOX, ticked ? "on" : "", null, false, List.of(), null, null);
  }

  public static Field choice(String name, String label, List<Option> options) {
    return new Field(name, label, Kind.CHOICE, "", null, true, options, null, null);
  }

  public static Field boxes(String name, String label, List<Option> options) {
    return new Field(name, label, Kind.BOXES, "", null, false, options, null, null);
  }

  public static Field hidden(String name, String value) {
    return new Field(name, name, Kind.HIDDEN, value, null, false, List.of(), null, null);
  }

  /**
   * A time in the browser's zone, which a script fills in; else in UTC.
   *
   * @param zone as sent; empty without script
   * @param utcNow the time now, for visitors without script
   */
  public static Field time(String name, String label, String value, String zone, String utcNow) {
    return new Field(
        name, label, Kind.TIME, value, null, false, List.of(), null, new Zone(zone, utcNow));
  }

  public static Field reason(String value) {
    return text("reason", "Reason", value).hint("Recorded in the audit log.");
  }

  public Field hint(String words) {
    return new Field(name, label, kind, value, words, required, options, error, zone);
  }

  public Field needed() {
    return new Field(name, label, kind, value, hint, true, options, error, zone);
  }

  Field wrong(String words) {
    return new Field(name, label, kind, value, hint, required, options, words, zone);
  }

  public boolean isText() {
    return kind == Kind.TEXT;
  }

  public boolean isLines() {
    return kind == Kind.LINES;
  }

  public boolean isNumber() {
    return kind == Kind.NUMBER;
  }

  public boolean isChoice() {
    return kind == Kind.CHOICE;
  }

  public boolean isBox() {
    return kind == Kind.BOX;
  }

  public boolean isBoxes() {
    return kind == Kind.BOXES;
  }

  public boolean isTime() {
    return kind == Kind.TIME;
  }

  public boolean isHidden() {
    return kind == Kind.HIDDEN;
  }

  public boolean ticked() {
    return !value.isEmpty();
  }

  public boolean described() {
    return hint != null || error != null || zone != null;
  }
}
