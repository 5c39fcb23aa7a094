package dev.sluice.backend.tck.history;

/**
 * One place of the engine changed, so that it breaks a rule.
 *
 * @param name which rule is broken, and how
 * @param file the engine's source file, without ".java"
 * @param right the right code, found once in that file
 * @param wrong the wrong code
 */
record Flaw(String name, String file, String right, String wrong) {

  @Override
  public String toString() {
    return name;
  }
}
