package dev.sluice.proof.disk;

import dev.sluice.proof.disk.Op.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one caller in one life of the process, one after the other, and the state that the
 * store must have after each of them. A seed makes the same plan in the process that calls and in
 * the one that checks.
 *
 * @param org the org of the caller; callers of one org share its lock and its commits
 * @param expected the records after the first n calls, by name
 * @param events of each call, type and subject
 */
record Plan(
    String name,
    String org,
    List<Op> ops,
    List<Map<String, String>> expected,
    List<List<String>> events) {

  private static final int MANY_BYTES = 40_000;

  static Plan of(long seed, int life, int caller, int calls) {
    return new Inventor(seed, life, caller).invent(calls);
  }

  String worker() {
    return "worker-" + name;
  }

  String project() {
    return "project-" + name;
  }

  /** Invents calls that the store accepts, and keeps the state that they lead to. */
  private static final class Inventor {

    private final Random random;
    private final String name;
    private final boolean first;
    private final Plan plan;
    private final Map<String, SessionModel> sessions = new TreeMap<>();
    private final Map<String, String> others = new TreeMap<>();
    private final Deque<String> ready = new ArrayDeque<>();
    private final List<String> claimed = new ArrayList<>();
    private final List<String> running = new ArrayList<>();
    private final List<String> returned = new ArrayList<>();
    private final List<String> stopping = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> helpers = new ArrayList<>();
    private boolean paused;
    private int next;

    Inventor(long seed, int life, int caller) {
      random = new Random(seed * 1_000_003 + life * 101L + caller);
      name = life + "-" + caller;
      first = life == 1 && caller == 0;
      plan =
          new Plan(
              name, "org-" + caller % 2, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    Plan invent(int calls) {
      expect();
      add(Op.of(Kind.REGISTER, plan.worker(), ""));
      if (first) {
        add(Op.of(Kind.SIGN, "", "secret-of-the-first-life"));
      }
      while (plan.ops().size() < calls) {
        Op op = next();
        if (op != null) {
          add(op);
        }
      }
      return plan;
    }

    private void add(Op op) {
      plan.ops().add(op);
      plan.events().add(events(op));
      apply(op);
      expect();
    }

    private void expect() {
      Map<String, String> all = new TreeMap<>(others);
      sessions.forEach((id, session) -> all.put("session " + id, session.words()));
      plan.expected().add(all);
    }

    private @Nullable Op next() {
      return switch (random.nextInt(24)) {
        case 0, 1, 2, 3 -> enqueue();
        case 4, 5, 6 -> ready.isEmpty() ? null : Op.of(Kind.POLL, ready.peek(), fresh("poll"));
        case 7 -> ready.isEmpty() ? null : Op.of(Kind.CLAIM, ready.peek(), "");
        case 8, 9, 10 -> on(Kind.RUN, claimed, "");
        case 11 -> on(Kind.ACTIVITY, running, text("activity", 300));
        case 12, 13 -> on(Kind.SEND, random.nextBoolean() ? running : claimed, text("text", 2_000));
        case 14 -> ack();
        case 15, 16, 17 -> on(Kind.COMPLETE, running, text("summary", 400));
        case 18 -> on(Kind.NACK, claimed, "");
        case 19 -> on(Kind.STOP, random.nextBoolean() ? returned : running, text("stop", 100));
        case 20 -> paused ? Op.of(Kind.RESUME, queue(), "") : pause();
        case 21 -> key();
        case 22 -> helper();
        default ->
            random.nextBoolean()
                ? Op.of(Kind.ADD_JOB, fresh("job"), text("item", 900))
                : Op.of(Kind.ORDER_STOP, fresh("order"), text("reason", 60));
      };
    }

    private Op enqueue() {
      List<String> ids = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        ids.add(fresh("work"));
      }
      return new Op(Kind.ENQUEUE, ids, text("item", random.nextInt(12) == 0 ? MANY_BYTES : 3_000));
    }

    private static @Nullable Op on(Kind kind, List<String> some, String text) {
      return some.isEmpty() ? null : Op.of(kind, some.get(some.size() / 2), text);
    }

    private @Nullable Op ack() {
      if (!stopping.isEmpty()) {
        return Op.of(Kind.ACK, stopping.get(0), "");
      }
      for (String id : running) {
        if (sessions.get(id).hasMessage()) {
          return Op.of(Kind.ACK, id, "");
        }
      }
      return null;
    }

    private Op pause() {
      return Op.of(Kind.PAUSE, queue(), text("reason", 60));
    }

    private String queue() {
      return "queue-" + name;
    }

    private Op key() {
      return keys.isEmpty()
          ? Op.of(Kind.ADD_KEY, fresh("key"), text("name", 30))
          : Op.of(Kind.REVOKE_KEY, keys.get(0), "");
    }

    private Op helper() {
      return helpers.isEmpty()
          ? Op.of(Kind.REGISTER, fresh("helper"), "")
          : Op.of(Kind.DEREGISTER, helpers.get(0), "");
    }

    private String fresh(String what) {
      return what + "-" + name + "-" + next++;
    }

    private String text(String what, int most) {
      int length = 1 + random.nextInt(most);
      StringBuilder text = new StringBuilder(what + "-" + next++ + "-");
      while (text.length() < length) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      return text.toString();
    }

    /** The events of a call that is to be applied. */
    private List<String> events(Op op) {
      String id = op.id();
      return switch (op.kind()) {
        case ENQUEUE -> op.on().stream().map(each -> "session.enqueued " + each).toList();
        case REGISTER -> List.of("worker.registered " + id);
        case DEREGISTER -> List.of("worker.gone " + id);
        case POLL, CLAIM -> List.of("session.claimed " + id);
        case RUN -> List.of("session.started " + id);
        case SEND -> List.of("message.sent " + id);
        case ACK ->
            stopping.contains(id)
                ? List.of("message.acknowledged " + id, "session.released " + id)
                : List.of("message.acknowledged " + id);
        case COMPLETE -> List.of("session.ended " + id);
        case NACK -> List.of("session.nacked " + id);
        case STOP -> List.of((running.contains(id) ? "session.stopping " : "session.ended ") + id);
        case PAUSE -> List.of("queue.paused " + id);
        case RESUME -> List.of("queue.resumed " + id);
        case ADD_KEY -> List.of("key.created " + id);
        case REVOKE_KEY -> List.of("key.revoked " + id);
        case ACTIVITY, ORDER_STOP, ADD_JOB, SIGN -> List.of();
      };
    }

    private void apply(Op op) {
      String id = op.id();
      SessionModel session = sessions.get(id);
      switch (op.kind()) {
        case ENQUEUE ->
            op.on()
                .forEach(
                    each -> {
                      sessions.put(each, new SessionModel(Calls.item(each, op.text())));
                      ready.add(each);
                    });
        case REGISTER -> {
          others.put("worker " + id, Calls.hostname(id));
          if (!id.equals(plan.worker())) {
            helpers.add(id);
          }
        }
        case DEREGISTER -> {
          others.put("worker " + id, Facts.ABSENT);
          helpers.remove(id);
        }
        case POLL, CLAIM -> {
          ready.remove();
          claimed.add(id);
          session.claim(plan.worker());
        }
        case RUN -> {
          claimed.remove(id);
          running.add(id);
          session.run();
        }
        case ACTIVITY -> session.activity(op.text());
        case SEND -> session.send(op.text());
        case ACK -> {
          if (session.ack()) {
            stopping.remove(id);
          }
        }
        case COMPLETE -> {
          running.remove(id);
          session.complete(op.text());
        }
        case NACK -> {
          claimed.remove(id);
          returned.add(id);
          session.giveBack();
        }
        case STOP -> {
          returned.remove(id);
          if (running.remove(id)) {
            stopping.add(id);
          }
          session.stop(op.text());
        }
        case ORDER_STOP -> others.put("order " + id, op.text());
        case PAUSE -> {
          others.put("queue " + id, op.text());
          paused = true;
        }
        case RESUME -> {
          others.put("queue " + id, Facts.ABSENT);
          paused = false;
        }
        case ADD_KEY -> {
          others.put("key " + id, op.text());
          keys.add(id);
        }
        case REVOKE_KEY -> {
          others.put("key " + id, Facts.ABSENT);
          keys.remove(id);
        }
        case ADD_JOB -> others.put("job " + id, Calls.item(id, op.text()));
        case SIGN -> others.put("secret ", op.text());
      }
    }
  }
}
