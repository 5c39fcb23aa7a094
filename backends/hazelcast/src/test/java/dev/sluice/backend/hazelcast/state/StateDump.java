package dev.sluice.backend.hazelcast.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A state in words, records and indexes alike: two states are the same if these are. */
public final class StateDump {

  private StateDump() {}

  /** One line a record or entry of an index, sorted. */
  public static String of(OrgState state) {
    TreeSet<String> lines = new TreeSet<>();
    TreeSet<String> workers = new TreeSet<>();
    state.eachSession(
        slot -> {
          lines.add("session " + slot);
          if (slot instanceof SessionRecord session) {
            addIfNamed(workers, session.owner());
            addIfNamed(workers, session.trail().nackedBy());
          }
        });
    state.eachOtherRecord(
        change -> {
          lines.add(change.toString());
          if (change instanceof Change.PutWorker put) {
            workers.add(put.worker().id());
          }
        });
    for (String worker : workers) {
      Holdings held = state.holdings(worker);
      lines.add("holdings " + worker + " " + held.active() + " returns " + held.returns());
    }
    lines.add("counts " + state.counts());
    addDeadlines(lines, state.deadlines());
    addWork(lines, state);
    return String.join("\n", lines);
  }

  private static void addIfNamed(TreeSet<String> workers, String worker) {
    if (worker != null) {
      workers.add(worker);
    }
  }

  private static void addDeadlines(TreeSet<String> lines, Deadlines deadlines) {
    lines.add("due " + pairs(deadlines.due()));
    lines.add("leases " + pairs(deadlines.leases()));
    lines.add("graces " + pairs(deadlines.graces()));
    for (Map.Entry<Long, RankedSet> order : deadlines.accepts().entrySet()) {
      lines.add("accepts of " + order.getKey() + " ms " + pairs(order.getValue()));
    }
  }

  private static void addWork(TreeSet<String> lines, OrgState state) {
    TreeMap<String, ProjectWork> projects = new TreeMap<>();
    state.eachSession(
        slot -> {
          if (slot instanceof SessionRecord session) {
            ProjectWork project = state.work().project(session.project());
            if (project != null) {
              projects.put(project.name(), project);
            }
          }
        });
    for (ProjectWork project : projects.values()) {
      lines.add("project " + project.name() + " live " + project.sessions);
      for (Bucket bucket : project.buckets()) {
        lines.add(
            "bucket " + name(bucket) + " open " + bucket.open() + " " + pairs(bucket.items()));
      }
    }
    for (CapabilitySet set : state.work().capabilitySets()) {
      List<String> heads = new ArrayList<>();
      set.openBuckets().forEach(bucket -> heads.add(name(bucket) + " at " + bucket.headId()));
      lines.add("capabilities " + set.names() + " live " + set.sessions + " heads " + heads);
    }
  }

  private static String name(Bucket bucket) {
    return bucket.project() + bucket.capabilities().names();
  }

  private static String pairs(RankedSet set) {
    StringBuilder pairs = new StringBuilder();
    set.visit(
        (number, id) -> {
          pairs.append(number).append(' ').append(id).append(", ");
          return true;
        });
    return pairs.toString();
  }
}
