package dev.sluice.backend.redis.reply;

import dev.sluice.backend.store.PackedNames;
import dev.sluice.backend.work.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a session's content before its item; {@code rules/sessions.lua} has the layout. */
final class ContentHead {

  private static final int HASH = 1;
  private static final int IDENTIFIER = 2;
  private static final int CAPABILITIES = 3;

  /** Missing in contents of layout 7. */
  private static final int SUBJECT = 13;

  private final List<String> fields;

  /**
   * @param content with or without its item
   */
  ContentHead(String content) {
    fields = Text.fields(content.substring(0, content.indexOf('\n')));
  }

  String hash() {
    return fields.get(HASH);
  }

  String identifier(String id) {
    return fields.get(IDENTIFIER).isEmpty() ? id : fields.get(IDENTIFIER);
  }

  List<String> capabilities() {
    return PackedNames.capabilities(needs());
  }

  @Nullable String repository() {
    return PackedNames.repository(needs());
  }

  private List<String> needs() {
    return Text.names(fields.get(CAPABILITIES));
  }

  Subject subject() {
    return fields.size() > SUBJECT ? Text.subject(fields.get(SUBJECT)) : Subject.NONE;
  }
}
