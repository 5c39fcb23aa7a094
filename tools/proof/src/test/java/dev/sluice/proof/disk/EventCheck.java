package dev.sluice.proof.disk;

import dev.sluice.backend.store.QueueBackend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the event logs of a store with the acknowledged calls of plans, and with what readers
 * were told before. Each acknowledged change is told once and in order, and nothing that was told
 * is gone or has another number.
 */
final class EventCheck {

  private static final int SHOWN = 90;

  private final QueueBackend backend;
  private final List<String> problems;
  private final Map<String, EventsOf> logs = new HashMap<>();

  /**
   * @param problems gets what is wrong
   */
  EventCheck(QueueBackend backend, List<String> problems) {
    this.backend = backend;
    this.problems = problems;
  }

  private EventsOf log(String org) {
    return logs.computeIfAbsent(org, name -> EventsOf.org(backend, name));
  }

  /** Checks one event that a reader was told of. */
  void told(String kind, String org, long number, String line) {
    String found = log(org).get(number);
    if (!found.equals(line)) {
      problems.add(
          "%s: event %d of %s was [%s], and is [%s]".formatted(kind, number, org, line, found));
    }
  }

  /**
   * Checks that the cursor of a webhook isn't ahead of its deliveries.
   *
   * @param delivered the number up to which all were delivered
   */
  void cursor(String org, long delivered) {
    long cursor = Readers.cursor(backend, org);
    if (cursor > delivered) {
      problems.add(
          "the webhook of %s is at %d, and %d was never delivered"
              .formatted(org, cursor, delivered + 1));
    }
  }

  /**
   * Checks the events of a plan.
   *
   * @param acknowledged the number of its calls that were acknowledged; the next one may have had
   *     its effect
   */
  void plan(Plan plan, int acknowledged) {
    List<String> found = log(plan.org()).of(plan);
    List<String> least = new ArrayList<>();
    plan.events().subList(0, acknowledged).forEach(least::addAll);
    List<String> next =
        acknowledged < plan.ops().size() ? plan.events().get(acknowledged) : List.of();
    List<String> most = new ArrayList<>(least);
    most.addAll(next);
    if (found.size() < least.size()
        || found.size() > most.size()
        || !found.equals(most.subList(0, found.size()))) {
      problems.add(difference(plan, found, most, least.size()));
    } else if (acknowledged < plan.ops().size()) {
      next(plan, acknowledged, found.size() - least.size());
    }
  }

  private static String difference(Plan plan, List<String> found, List<String> most, int least) {
    int at = 0;
    while (at < Math.min(found.size(), most.size()) && found.get(at).equals(most.get(at))) {
      at++;
    }
    return "plan %s has event %d of %d to %d [%s], which was to be [%s]"
        .formatted(
            plan.name(),
            at + 1,
            least,
            most.size(),
            at < found.size() ? found.get(at) : Facts.ABSENT,
            at < most.size() ? most.get(at) : Facts.ABSENT);
  }

  /** An event of a call that wasn't acknowledged is there exactly if its change is. */
  private void next(Plan plan, int call, int told) {
    int all = plan.events().get(call).size();
    if (all == 0) {
      return;
    }
    Op op = plan.ops().get(call);
    if (op.kind() == Op.Kind.ENQUEUE) {
      for (int i = 0; i < all; i++) {
        String name = "session " + op.on().get(i);
        boolean there = !Facts.of(backend, plan.org(), name).equals(Facts.ABSENT);
        if (there != i < told) {
          problems.add(name + " is " + (there ? "there" : "not there") + ", " + told + " told");
        }
      }
    } else if (told > 0 && told < all) {
      problems.add("call " + op.kind() + " of plan " + plan.name() + " is told in part");
    } else if (!halfDone(op.kind(), told > 0)) {
      compare(plan, plan.expected().get(call), plan.expected().get(call + 1), told > 0);
    }
  }

  /**
   * Returns true if the change may be there without its event, or the other way round. A key lives
   * outside of its org's records: it is stored, then told, and when it is revoked it is told, then
   * removed. A caller who got no answer repeats the call.
   */
  private static boolean halfDone(Op.Kind kind, boolean told) {
    return kind == (told ? Op.Kind.REVOKE_KEY : Op.Kind.ADD_KEY);
  }

  private void compare(
      Plan plan, Map<String, String> before, Map<String, String> after, boolean told) {
    after.forEach(
        (name, words) -> {
          String other = before.getOrDefault(name, Facts.ABSENT);
          String wanted = told ? words : other;
          String found = words.equals(other) ? wanted : Facts.of(backend, plan.org(), name);
          if (!found.equals(wanted)) {
            problems.add(
                "%s is [%s], and its event is %s"
                    .formatted(name, cut(found), told ? "there" : "not there"));
          }
        });
  }

  private static String cut(String words) {
    return words.length() <= SHOWN ? words : words.substring(0, SHOWN) + "...";
  }
}
