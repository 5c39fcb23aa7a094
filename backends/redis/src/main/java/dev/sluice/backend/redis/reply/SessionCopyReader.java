package dev.sluice.backend.redis.reply;

import dev.sluice.backend.redis.reply.SessionLine.Field;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.TreeMap;

/** Reads sessions of {@code export.lua}: id, line, content, fields, timeline. */
final class SessionCopyReader {

  private SessionCopyReader() {}

  static SessionCopy read(List<?> entry) {
    String id = Reply.text(entry.get(1));
    SessionLine line = new SessionLine(Reply.text(entry.get(2)));
    String content = Reply.text(entry.get(3));
    ContentHead head = new ContentHead(content);
    String project = line.text(Field.PROJECT);
    String issue = line.text(Field.ISSUE);
    String item = SessionReader.item(content, id, project, line.number(Field.QUEUED));
    List<Event> timeline = LineReader.events(Reply.texts(entry.get(5)));
    return new SessionCopy(
        id,
        issue.isEmpty() ? id : issue,
        head.identifier(id),
        head.subject(),
        project,
        head.capabilities(),
        head.repository(),
        line.count(Field.PRIORITY),
        line.number(Field.QUEUED),
        line.number(Field.SCORE),
        line.number(Field.NOT_BEFORE),
        line.number(Field.DEADLINE),
        line.number(Field.CREATED),
        line.number(Field.CREATED_SEQ),
        head.hash(),
        Text.orNull(item),
        line.publicNames().stream().map(PublicName::of).toList(),
        Place.valueOf(line.text(Field.PLACE)),
        SessionState.valueOf(line.text(Field.STATE)),
        line.count(Field.ATTEMPTS),
        line.count(Field.NACKS),
        line.number(Field.UPDATED),
        line.number(Field.ENDED),
        line.claim(new TreeMap<>(Reply.map((List<?>) entry.get(4)))),
        line.returned(),
        timeline);
  }
}
