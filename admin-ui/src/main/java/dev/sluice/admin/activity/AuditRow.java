package dev.sluice.admin.activity;

import dev.sluice.admin.view.ActorText;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.TimeText;
import dev.sluice.backend.audit.AuditLine;
import org.jspecify.annotations.Nullable;

public record AuditRow(
    @Nullable TimeText at,
    ActorText actor,
    String verb,
    String did,
    @Nullable String what,
    Ref object,
    String detail,
    String reason) {

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
