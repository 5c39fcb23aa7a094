package dev.sluice.admin.view;

/**
 * A small line of how something went over the last quarter of an hour.
 *
 * @param path of the line, {@value #WIDTH} wide and {@value #HEIGHT} high
 * @param words what it shows, for who can't see it
 */
public record Spark(String path, String words) {

  /** How wide it is drawn, before it is stretched. */
  public static final int WIDTH = 45;

  /** How high. */
  public static final int HEIGHT = 20;
}
