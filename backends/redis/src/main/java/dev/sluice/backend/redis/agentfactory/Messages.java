package dev.sluice.backend.redis.agentfactory;

import dev.sluice.backend.Rules;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.transfer.MessageCopy;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives the messages ids of the target. These are unique in the org, begin with the time of the
 * message, and end with its age in its lane; those of streams, which mostly end with 0, are
 * neither. Those stay that a worker has read and may still acknowledge, if they can.
 */
final class Messages {

  /** A stop comes last, as if sent last. */
  private static final Comparator<Mail> BY_LANE_AND_AGE =
      Comparator.comparing(Mail::lane)
          .thenComparing(mail -> mail.type() == MessageType.STOP)
          .thenComparing(Mail::atMs)
          .thenComparing(Mail::number);

  private final long now;
  private final Counters counters;
  private final Set<String> ids = new HashSet<>();

  Messages(long now, Counters counters) {
    this.now = now;
    this.counters = counters;
  }

  List<MessageCopy> of(Draft draft, List<Mail> mails) {
    List<Mail> ordered = new ArrayList<>(mails);
    if (!draft.stops()) {
      ordered.removeIf(mail -> mail.type() == MessageType.STOP);
    } else if (mails.stream().noneMatch(mail -> mail.type() == MessageType.STOP)) {
      ordered.add(stop(draft));
    }
    ordered.sort(BY_LANE_AND_AGE);
    long archivedAt = draft.place() == Place.ENDED ? draft.endedAt() : 0;
    long firstNew = counters.seq();
    long[] last = {-1, -1};
    List<MessageCopy> copies = new ArrayList<>();
    for (Mail mail : ordered) {
      int lane = mail.lane().ordinal();
      boolean stays =
          mail.read()
              && mail.number() > last[lane]
              && mail.number() < firstNew
              && ids.add(id(mail, mail.number()));
      long seq = stays ? mail.number() : counters.seq();
      ids.add(id(mail, seq));
      last[lane] = seq;
      copies.add(
          new MessageCopy(
              mail.session(),
              id(mail, seq),
              seq,
              mail.type(),
              mail.lane(),
              mail.payload(),
              mail.userId(),
              mail.userName(),
              mail.atMs(),
              mail.read() ? mail.readAt() + Rules.DEFAULTS.visibilityMs() : 0,
              mail.reader(),
              archivedAt));
    }
    return copies;
  }

  private static String id(Mail mail, long seq) {
    return mail.atMs() + "-" + seq;
  }

  private Mail stop(Draft draft) {
    return new Mail(
        draft.key(),
        draft.id(),
        Lane.URGENT,
        MessageType.STOP,
        "",
        null,
        null,
        now,
        0,
        false,
        0,
        null);
  }
}
