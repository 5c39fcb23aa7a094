package dev.sluice.backend.redis.agentfactory;

import dev.sluice.backend.redis.agentfactory.Family.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The families of keys that are left behind as a whole; the list has a line for each. */
final class LeftBehind {

  private final String name;
  private final Pattern pattern;
  private final String why;
  private int keys;

  private LeftBehind(String name, String why) {
    this.name = name;
    this.pattern = new Pattern(name);
    this.why = why;
  }

  /** All families, none with a key yet. A key is of the first one that it matches. */
  static List<LeftBehind> all() {
    List<LeftBehind> all = new ArrayList<>();
    all.add(new LeftBehind("work:worker:*:nudge", "wake-ups of workers that last a minute"));
    all.add(new LeftBehind("session:heartbeat:*", "signs of life that last a minute"));
    all.add(new LeftBehind("session:failures:*", "failures of an issue in the last hour"));
    all.add(new LeftBehind("session:dispatch-count:*", "dispatches of an issue"));
    all.add(new LeftBehind("journal:*", "steps of agent programs"));
    all.add(new LeftBehind("agent:worked:*", "marks of the other server's workflow"));
    all.add(new LeftBehind("agent:dev-queued:*", "marks of the other server's workflow"));
    all.add(new LeftBehind("agent:acceptance-queued:*", "marks of the other server's workflow"));
    all.add(new LeftBehind("agent:acceptance-completed:*", "marks of the other server's workflow"));
    all.add(new LeftBehind("qa:*", "marks of the other server's workflow"));
    all.add(new LeftBehind("workflow:*", "state of the other server's workflow"));
    all.add(new LeftBehind("gate:*", "state of the other server's workflow"));
    all.add(new LeftBehind("governor:*", "state of the other server's governor"));
    all.add(new LeftBehind("merge:*", "the other server's merge queue"));
    all.add(new LeftBehind("file:reservation:*", "reservations of files, an hour at most"));
    all.add(new LeftBehind("file:session:*", "reservations of files, an hour at most"));
    all.add(new LeftBehind("webhook:processed:*", "marks of webhooks handled"));
    all.add(new LeftBehind("oauth:*", "secrets of the tracker's integration, never read"));
    all.add(new LeftBehind("af:workflows:*", "definitions of workflows"));
    all.add(new LeftBehind("security-scan:*", "results of scans"));
    all.add(new LeftBehind("scheduling:*", "explanations of the other server's scheduler"));
    all.add(new LeftBehind("sup:*", "state of the other server's supervisor"));
    all.add(new LeftBehind("routing:*", "statistics of model routing"));
    all.add(new LeftBehind("linear:*", "limits of the tracker's API"));
    all.add(new LeftBehind("fleet:quota:cohort:*", "no queue borrows from another"));
    all.add(new LeftBehind("fleet:quota:concurrent:*", "counted from the claims"));
    all.add(
        new LeftBehind("fleet:quota:daily:*", "counted from the sessions; has each cost twice"));
    return all;
  }

  static @Nullable LeftBehind of(String key, List<LeftBehind> families) {
    for (LeftBehind family : families) {
      if (family.pattern.matches(key)) {
        return family;
      }
    }
    return null;
  }

  void add() {
    keys++;
  }

  void list(Findings findings) {
    if (keys > 0) {
      findings.leftOut(name, keys + (keys == 1 ? " key: " : " keys: ") + why);
    }
  }
}
