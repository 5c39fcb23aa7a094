package dev.sluice.backend.redis.reply;

import dev.sluice.backend.work.Subject;
import java.util.List;

/**
 * Items as stored: the ids of their session and project, the time of their enqueue, their title or
 * the excerpt that stands for it, and the names of frequent members, are single control characters.
 * JSON has none of these; a text that has some is stored as it is.
 */
public final class PackedItem {

  /** The title without its ellipsis; not used before layout 8. */
  private static final char TITLE = 0;

  /** Begins a text that is stored as it is. */
  private static final char PLAIN = 1;

  private static final char SESSION = 2;
  private static final char PROJECT = 3;

  private static final char[] VALUES = {SESSION, PROJECT, TITLE};

  /** With the name of its member. */
  private static final char QUEUED_AT = 4;

  private static final String QUEUED_AT_MEMBER = ",\"queuedAt\":";

  /** Stored as their places in this list: add only at the end. There are codes for 18. */
  private static final List<String> MEMBERS =
      List.of(
          "{\"sessionId\":\"",
          ",\"sessionId\":\"",
          ",\"issueId\":\"",
          ",\"issueIdentifier\":\"",
          ",\"projectName\":\"",
          ",\"priority\":",
          ",\"workType\":\"",
          ",\"prompt\":\"",
          ",\"repository\":\"",
          ",\"ref\":\"",
          ",\"branch\":\"",
          ",\"model\":\"",
          ",\"organizationId\":\"",
          ",\"title\":\"",
          ",\"body\":\"",
          ",\"requiredCapabilities\":[\"",
          ",\"resolvedProfile\":{\"",
          ",\"env\":{\"");

  /** Characters that unpacking adds to most items, at most. */
  private static final int ROOM = 250;

  /** By code. */
  private static final String[] MEMBER_TEXTS = memberTexts();

  private PackedItem() {}

  private static String[] memberTexts() {
    String[] texts = new String[' '];
    char code = QUEUED_AT;
    for (String member : MEMBERS) {
      do {
        code++;
      } while (!isCode(code));
      texts[code] = member;
    }
    return texts;
  }

  /** Leaves out the white space of JSON. */
  private static boolean isCode(char c) {
    return c < ' ' && !Character.isWhitespace(c);
  }

  /** Texts as they are in one item, by code. */
  private static String[] texts(String session, String project, long queuedAtMs, String title) {
    String[] texts = MEMBER_TEXTS.clone();
    texts[TITLE] = Subject.uncut(title);
    texts[SESSION] = session;
    texts[PROJECT] = project;
    texts[QUEUED_AT] = QUEUED_AT_MEMBER + queuedAtMs;
    return texts;
  }

  /** {@code title}: of its subject, which is stored beside it. */
  public static String pack(
      String item, String session, String project, long queuedAtMs, String title) {
    for (int i = 0; i < item.length(); i++) {
      if (isCode(item.charAt(i))) {
        return PLAIN + item;
      }
    }
    String[] texts = texts(session, project, queuedAtMs, title);
    StringBuilder packed = new StringBuilder(item.length());
    int done = 0;
    int quote = item.indexOf('"');
    while (quote >= 0) {
      char member = quote > done ? member(item, quote - 1, texts) : 0;
      int at = member == 0 ? quote + 1 : quote - 1 + texts[member].length();
      if (member != 0) {
        packed.append(item.substring(done, quote - 1)).append(member);
        done = at;
      }
      for (char code : VALUES) {
        if (texts[code].length() > 1 && item.startsWith(texts[code], at)) {
          packed.append(item.substring(done, at)).append(code);
          at += texts[code].length();
          done = at;
          break;
        }
      }
      quote = item.indexOf('"', at);
    }
    return packed.append(item.substring(done)).toString();
  }

  /** Returns the code whose text begins there, or 0. */
  private static char member(String item, int at, String[] texts) {
    char begin = item.charAt(at);
    if (begin == ',' || begin == '{') {
      for (char code = QUEUED_AT; code < texts.length; code++) {
        if (texts[code] != null && item.startsWith(texts[code], at)) {
          return code;
        }
      }
    }
    return 0;
  }

  public static String unpack(
      String packed, String session, String project, long queuedAtMs, String title) {
    if (!packed.isEmpty() && packed.charAt(0) == PLAIN) {
      return packed.substring(1);
    }
    String[] texts = texts(session, project, queuedAtMs, title);
    StringBuilder item = new StringBuilder(packed.length() + ROOM);
    int done = 0;
    for (int i = 0; i < packed.length(); i++) {
      char c = packed.charAt(i);
      if (c < ' ' && texts[c] != null) {
        item.append(packed.substring(done, i)).append(texts[c]);
        done = i + 1;
      }
    }
    return item.append(packed.substring(done)).toString();
  }
}
