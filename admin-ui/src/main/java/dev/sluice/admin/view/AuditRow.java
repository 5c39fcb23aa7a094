package dev.sluice.admin.view;

import dev.sluice.backend.AuditLine;
import org.jspecify.annotations.Nullable;

/** An act of an operator as a row of a table. */
public record AuditRow(
    @Nullable TimeText at, String actor, String verb, Ref object, String detail, String reason) {

  /** Of a line. */
  public static AuditRow of(AuditLine line, long now) {
    return new AuditRow(
        TimeText.of(line.atMs(), now),
        line.actor(),
        line.verb(),
        new Ref(line.object(), null),
        line.detail(),
        line.reason());
  }
}
