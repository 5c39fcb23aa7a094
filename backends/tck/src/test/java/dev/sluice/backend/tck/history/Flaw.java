package dev.sluice.backend.tck.history;

/**
 * A rule broken by one change of the engine's source.
 *
 * @param name the broken rule, and how
 * @param file without ".java"
 * @param right found once in that file
 * @param wrong its replacement
 */
record Flaw(String name, String file, String right, String wrong) {

  @Override
  public String toString() {
    return name;
  }
}
