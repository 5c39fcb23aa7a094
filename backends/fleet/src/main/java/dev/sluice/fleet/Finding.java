package dev.sluice.fleet;

import dev.sluice.backend.findings.FindingKind;
import dev.sluice.backend.findings.SeenFinding;
import org.jspecify.annotations.Nullable;

/**
 * A condition that needs attention.
 *
 * @param subject project, session, host or cause; empty if none
 * @param project empty if none
 * @param words a clause after the subject, without a full stop
 * @param record null before the store has it
 */
public record Finding(
    FindingKind kind,
    String subject,
    String project,
    String words,
    dev.sluice.backend.findings.@Nullable Finding record) {

  private static final int MAX_SUBJECT = 200;

  static Finding of(FindingKind kind, String words) {
    return new Finding(kind, "", "", words, null);
  }

  static Finding about(FindingKind kind, String subject, String words) {
    return new Finding(kind, subject, "", words, null);
  }

  static Finding in(FindingKind kind, String project, String words) {
    return new Finding(kind, project, project, words, null);
  }

  Finding recorded(dev.sluice.backend.findings.@Nullable Finding as) {
    return new Finding(kind, subject, project, words, as != null && as.stands() ? as : null);
  }

  SeenFinding seen() {
    String about = plain(subject, MAX_SUBJECT);
    String sentence = plain(subject.isEmpty() ? words : subject + " " + words, 900);
    return new SeenFinding(kind.word(), about, project, sentence);
  }

  /** Drops control characters and lone surrogates, and cuts at a character. */
  private static String plain(String text, int maxBytes) {
    StringBuilder plain = new StringBuilder();
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > maxBytes) {
        break;
      }
      boolean shown =
          !Character.isISOControl(point) && Character.getType(point) != Character.SURROGATE;
      plain.appendCodePoint(shown ? point : ' ');
    }
    return plain.toString();
  }

  public boolean muted(long now) {
    return record != null && record.muted(now);
  }

  /** True if it is on record, and nobody has it in hand. */
  public boolean calls(long now) {
    return record != null && record.owner() == null && !record.muted(now);
  }
}
