package dev.sluice.backend.work;

/**
 * The words by which people know work, beside its issue. Texts are empty for none. They have no
 * control, format or zero-width characters, no lone surrogates, and single spaces; {@code title}
 * ends in an ellipsis if it was cut.
 *
 * @param derived true if the title is the begin of a prompt, which not all who see the work may
 *     read
 */
public record Subject(String title, String branch, String model, boolean derived) {

  /** The longest title, in bytes of UTF-8. */
  public static final int MAX_TITLE = 200;

  /** The longest part of a prompt that stands for a title, in bytes of UTF-8. */
  public static final int MAX_EXCERPT = 80;

  /** The longest branch or model, in bytes of UTF-8. */
  public static final int MAX_NAME = 100;

  public static final Subject NONE = new Subject("", "", "");

  private static final String ELLIPSIS = "\u2026";
  private static final int ELLIPSIS_BYTES = 3;

  /** Letters and marks that show nothing. */
  private static final String INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0";

  public Subject {
    title = cleaned(title, MAX_TITLE, ELLIPSIS);
    branch = cleaned(branch, MAX_NAME, "");
    model = cleaned(model, MAX_NAME, "");
    derived = derived && !title.isEmpty();
  }

  public Subject(String title, String branch, String model) {
    this(title, branch, model, false);
  }

  /**
   * Returns the title that a reader sees, empty for none.
   *
   * @param prompts true if the reader may read prompts
   */
  public String title(boolean prompts) {
    return derived && !prompts ? "" : title;
  }

  /** Returns the begin of a text that stands for a title. */
  public static String excerpt(String text) {
    return cleaned(text, MAX_EXCERPT, ELLIPSIS);
  }

  /** Returns a title without the ellipsis of a cut. */
  public static String uncut(String title) {
    return title.endsWith(ELLIPSIS) ? title.substring(0, title.length() - 1) : title;
  }

  private static String cleaned(String text, int max, String ellipsis) {
    int plain = plain(text, max);
    if (plain == text.length() || isCut(text, plain, max)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(max).append(text, 0, plain);
    int room = max - bytes(ellipsis);
    int bytes = plain;
    int fits = Math.min(plain, room); // characters that leave room for the ellipsis
    boolean space = false;
    for (int i = plain; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (isSpace(point)) {
        space = bytes > 0;
      } else if (isShown(point)) {
        int more = bytes(point) + (space ? 1 : 0);
        if (bytes + more > max) {
          clean.setLength(fits);
          return clean.toString().stripTrailing() + ellipsis;
        }
        if (space) {
          clean.append(' ');
        }
        clean.appendCodePoint(point);
        bytes += more;
        space = false;
        fits = bytes <= room ? clean.length() : fits;
      }
    }
    return clean.toString();
  }

  /** True if the text was cut before, and all before its ellipsis is plain. */
  private static boolean isCut(String text, int plain, int max) {
    return text.length() == plain + 1 && text.endsWith(ELLIPSIS) && plain + ELLIPSIS_BYTES <= max;
  }

  /** Length of the begin that needs no cleaning: printable ASCII with single spaces, as most is. */
  private static int plain(String text, int max) {
    int end = Math.min(text.length(), max);
    char before = ' ';
    int i = 0;
    for (; i < end; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) {
        break;
      }
      before = c;
    }
    return i > 0 && before == ' ' ? i - 1 : i;
  }

  private static boolean isSpace(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point) || point == 0x85;
  }

  /** False for characters that show nothing. */
  public static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
      default -> INVISIBLE.indexOf(point) < 0;
    };
  }

  private static int bytes(String text) {
    return text.codePoints().map(Subject::bytes).sum();
  }

  private static int bytes(int point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
}
