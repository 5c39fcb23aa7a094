package dev.sluice.backend.tck.history;

import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.StopResult;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers to all callers, so that one may name what another was given. May be out of date. */
final class Memory {

  private static final int MESSAGES = 20;
  private static final int HELD = 3;

  record Known(String sessionId, String messageId, Lane lane) {}

  private final Set<String> stored = new HashSet<>();
  private final Map<String, List<Long>> tokens = new HashMap<>();

  /** By session; the one claimed last at the end. */
  private final Map<String, String> owners = new LinkedHashMap<>();

  private final Map<String, Registration> registrations = new HashMap<>();
  private final List<Known> messages = new ArrayList<>();

  synchronized void learn(HistoryAnswer answer) {
    Object value = answer.value();
    Session session = answer.session();
    if (session != null) {
      seen(session);
    }
    if (value instanceof LockState lock && lock.inject() != null) {
      seen(lock.inject());
    } else if (value instanceof StopResult result && result.messageId() != null) {
      know(new Known(result.session().id(), result.messageId(), Lane.URGENT));
    } else if (value instanceof SendResult result) {
      seen(result.message());
    } else if (value instanceof Worker worker) {
      registrations.put(worker.registration().workerId(), worker.registration());
    } else if (value instanceof PollResult result) {
      result.work().forEach(work -> token(work.sessionId(), work.token()));
      result.messages().forEach(this::seen);
    } else if (value instanceof List<?> list) {
      list.forEach(
          entry -> {
            if (entry instanceof Message message) {
              seen(message);
            } else if (entry instanceof Enqueued enqueued && enqueued.refusal() == null) {
              stored.add(enqueued.sessionId());
            }
          });
    }
  }

  synchronized @Nullable Registration registration(String worker) {
    return registrations.get(worker);
  }

  synchronized boolean stored(String sessionId) {
    return stored.contains(sessionId);
  }

  synchronized void missing(String sessionId) {
    stored.remove(sessionId);
  }

  synchronized void claimed(String sessionId, String worker) {
    owners.remove(sessionId);
    owners.put(sessionId, worker);
  }

  private void seen(Session session) {
    stored.add(session.id());
    token(session.id(), session.token());
    if (session.place() == Place.CLAIMED && session.owner() != null) {
      claimed(session.id(), session.owner());
    }
  }

  private void seen(Message message) {
    know(new Known(message.sessionId(), message.id(), message.lane()));
  }

  private void know(Known message) {
    messages.remove(message);
    messages.add(message);
    if (messages.size() > MESSAGES) {
      messages.remove(0);
    }
  }

  private void token(String sessionId, long token) {
    List<Long> all = tokens.computeIfAbsent(sessionId, id -> new ArrayList<>());
    if (token != 0 && !all.contains(token)) {
      all.add(token);
    }
  }

  synchronized List<String> held(String worker) {
    List<String> all =
        owners.entrySet().stream()
            .filter(entry -> entry.getValue().equals(worker))
            .map(Map.Entry::getKey)
            .toList();
    return all.subList(Math.max(0, all.size() - HELD), all.size());
  }

  synchronized @Nullable String owner(String sessionId) {
    return owners.get(sessionId);
  }

  /** Now and then an older token; 0 if none. */
  synchronized long token(Random random, String sessionId) {
    List<Long> all = tokens.getOrDefault(sessionId, List.of());
    if (all.isEmpty()) {
      return 0;
    }
    int back = Vocabulary.oneIn(random, 3) ? random.nextInt(Math.min(3, all.size())) : 0;
    return all.get(all.size() - 1 - back);
  }

  /** Ids. */
  synchronized List<String> messagesOf(String sessionId) {
    return messages.stream()
        .filter(known -> known.sessionId().equals(sessionId))
        .map(Known::messageId)
        .toList();
  }

  synchronized @Nullable Known message(Random random) {
    return messages.isEmpty() ? null : Vocabulary.pick(random, messages);
  }
}
