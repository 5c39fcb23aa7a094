package dev.sluice.admin.sessions;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.TimeText;
import dev.sluice.backend.sessions.Activity;
import org.jspecify.annotations.Nullable;

public record ActivityRow(@Nullable TimeText at, String type, @Nullable String tool, String text) {

  private static final int MOST_TEXT = 2_000;

  static ActivityRow of(Activity activity, long now) {
    String content = JsonText.member(activity.body(), "content");
    return new ActivityRow(
        TimeText.of(activity.atMs(), now),
        activity.type(),
        JsonText.member(activity.body(), "toolName"),
        Formats.cut(content == null ? activity.body() : content, MOST_TEXT));
  }
}
