package dev.sluice.admin.activity;

import dev.sluice.admin.view.ActorText;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.TimeText;
import dev.sluice.backend.audit.AuditLine;
import org.jspecify.annotations.Nullable;

/**
 * An act of an operator as a row of a table.
 *
 * @param verb what the API calls it
 * @param did what was done, in words
 * @param what what kind of thing it was done to; null where that isn't known
 * @param object it, with the way to its page
 * @param detail what was set or found, in words
 */
public record AuditRow(
    @Nullable TimeText at,
    ActorText actor,
    String verb,
    String did,
    @Nullable String what,
    Ref object,
    String detail,
    String reason) {

  /** Of a line. */
  public static AuditRow of(AuditLine line, Links links, long now) {
    AuditWords words = AuditWords.of(line);
    return new AuditRow(
        TimeText.of(line.atMs(), now),
        ActorText.of(line.actor()),
        line.verb(),
        words.did(),
        words.what(),
        new Ref(line.object(), words.link(line.object(), links)),
        counted(words.detail(), line.times()),
        line.reason());
  }

  private static String counted(String detail, long times) {
    String count = times == 1 ? "" : times + " times in a row";
    return detail.isEmpty() || count.isEmpty() ? detail + count : detail + ", " + count;
  }
}
