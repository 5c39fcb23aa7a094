package dev.sluice.backend.engine.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.Cursor;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The place in an org after its last record that was read.
 *
 * @param project in sections by project, else empty
 * @param number time or score of the record; with an empty id the begin of the project
 */
public record OrgCursor(Section section, String project, long number, String id) {

  /** In the order of reading. Names travel between nodes of two versions and back from clients. */
  public enum Section {
    NUMBERS,
    REVOKED,
    /** Kept beside the state. */
    KEYS,
    PROJECTS,
    WORKERS,
    UNREADABLE,
    IN_ORDER,
    PARKED,
    LATER,
    CLAIMED,
    DEAD,
    ENDED,
    ARCHIVES,
    WAITING_JOBS,
    OFFERED_JOBS,
    PAST_JOBS,
    STOP_ORDERS,
    ANSWERS,
    AUDIT;

    @Nullable Section next() {
      return this == AUDIT ? null : values()[ordinal() + 1];
    }
  }

  /** Never part of a name. */
  private static final char SEPARATOR = '\u0001';

  private static final int PARTS = 4;

  public static final OrgCursor BEGIN = of(Section.NUMBERS);

  public static OrgCursor of(Section section) {
    return new OrgCursor(section, "", Long.MIN_VALUE, "");
  }

  OrgCursor after(long newNumber, String newId) {
    return new OrgCursor(section, project, newNumber, newId);
  }

  OrgCursor in(String newProject) {
    return new OrgCursor(section, newProject, Long.MIN_VALUE, "");
  }

  /** Null at the end. */
  public @Nullable OrgCursor next() {
    Section next = section.next();
    return next == null ? null : of(next);
  }

  public String text() {
    String text = section.name() + SEPARATOR + project + SEPARATOR + number + SEPARATOR + id;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /**
   * @throws dev.sluice.backend.RefusedException {@link dev.sluice.backend.Refusal#BAD_CURSOR}
   */
  public static OrgCursor parse(String text) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(text), UTF_8)
              .split(String.valueOf(SEPARATOR), -1);
      if (parts.length == PARTS) {
        return new OrgCursor(
            Section.valueOf(parts[0]), parts[1], Long.parseLong(parts[2]), parts[3]);
      }
    } catch (IllegalArgumentException e) {
      throw Cursor.bad();
    }
    throw Cursor.bad();
  }
}
