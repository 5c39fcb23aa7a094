package dev.sluice.backend.sessions;

/** The identifiers by which people know issues: equal but for the case of ASCII letters. */
public final class IssueIdentifiers {

  private IssueIdentifiers() {}

  public static boolean same(String identifier, String other) {
    return folded(identifier).equals(folded(other));
  }

  /** Returns an identifier in lower case. */
  public static String folded(String identifier) {
    char[] folded = identifier.toCharArray();
    for (int i = 0; i < folded.length; i++) {
      if (folded[i] >= 'A' && folded[i] <= 'Z') {
        folded[i] += 'a' - 'A';
      }
    }
    return String.valueOf(folded);
  }
}
