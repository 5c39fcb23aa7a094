package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A state in words, with records and indexes. Equal states have equal words. */
public final class StateDump {

  private StateDump() {}

  /** Returns a sorted line for each record and index entry. */
  public static String of(OrgState state) {
    TreeSet<String> lines = new TreeSet<>();
    TreeSet<String> workers = new TreeSet<>();
    state.eachSession(
        slot -> {
          lines.add("session " + slot);
          if (slot instanceof SessionRecord session) {
            addIfNamed(workers, session.owner());
            session.returnInfo().nackers().forEach(nacker -> workers.add(nacker.workerId()));
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
      WorkerClaims held = state.workerClaims(worker);
      lines.add("holdings " + worker + " " + held.active() + " returns " + held.returns());
    }
    lines.add("counts " + state.counts());
    lines.add("bytes " + state.bytes());
    lines.add("issue numbers " + pairs(state.issueNumbers()));
    lines.add("claimed " + pairs(state.claimed()));
    lines.add("ended " + pairs(state.ended()));
    lines.add("dead " + pairs(state.dead()));
    for (Lane lane : Lane.values()) {
      lines.add("unread " + lane + " " + pairs(state.unread().of(lane)));
    }
    lines.add("stop runs " + pairs(state.stopOrders().byTime()));
    lines.add("archives " + pairs(state.archives().byTime()));
    lines.add("keys of calls " + pairs(state.answers().byEnd()));
    lines.add("registered " + pairs(state.workers().registered()));
    lines.add("silent " + pairs(state.workers().silent()));
    addJobs(lines, state);
    addIssues(lines, state);
    addDeadlines(lines, state.deadlines());
    addWork(lines, state);
    return String.join("\n", lines);
  }

  /** Returns a state of the same records with new indexes. */
  public static OrgState rebuilt(OrgState state) {
    OrgState rebuilt = new OrgState();
    state.eachSession(
        slot ->
            rebuilt.apply(
                slot instanceof MovedSession moved
                    ? new Change.MoveOut(moved)
                    : new Change.PutSession((SessionRecord) slot)));
    state.eachOtherRecord(rebuilt::apply);
    return rebuilt;
  }

  /** Returns the lines that are only in the kept indexes, or only in rebuilt ones. */
  public static String contradictions(OrgState state) {
    Set<String> kept = of(state).lines().collect(Collectors.toCollection(TreeSet::new));
    Set<String> expected = of(rebuilt(state)).lines().collect(Collectors.toSet());
    return Stream.concat(
            kept.stream().filter(line -> !expected.contains(line)).map(line -> "kept: " + line),
            expected.stream()
                .filter(line -> !kept.contains(line))
                .sorted()
                .map(line -> "rebuilt: " + line))
        .collect(Collectors.joining("\n"));
  }

  private static void addJobs(TreeSet<String> lines, OrgState state) {
    lines.add("jobs waiting " + pairs(state.jobs().waiting()));
    lines.add("jobs over " + pairs(state.jobs().over()));
    state
        .jobs()
        .each(
            job -> {
              if (job.workerId() != null) {
                RankedSet offered = state.jobs().offeredTo(job.workerId());
                lines.add("jobs of " + job.workerId() + " " + pairs(offered));
              }
            });
    state.eachOtherRecord(
        change -> {
          if (change instanceof Change.PutWorker put
              && put.worker().registration().machineId() != null) {
            String credential = put.worker().registration().registeredBy();
            String machine = put.worker().registration().machineId();
            lines.add(
                "on "
                    + machine
                    + " by "
                    + credential
                    + " "
                    + state.workers().presentOn(credential, machine));
          }
        });
  }

  /** Returns a line for everything that may not stay at the end. */
  public static String leftovers(OrgState state) {
    List<String> left = new ArrayList<>();
    state.eachSession(slot -> left.add("session " + slot));
    state.eachOtherRecord(
        change -> {
          if (!(change instanceof Change.PutCounters)
              && !(change instanceof Change.PutNodes)
              && !(change instanceof Change.PutQueue)
              && !(change instanceof Change.PutFigures) // they go after a week
              && !(change instanceof Change.LogEvent) // they go after a day
              && !(change instanceof Change.DropEvents)
              && !(change instanceof Change.PutCall) // another call drops them
              && !(change instanceof Change.NoteRevoked)) {
            left.add(change.toString());
          }
        });
    if (!state.work().capabilitySets().isEmpty()) {
      left.add("sets of capabilities");
    }
    for (String name : state.work().projectNames()) {
      ProjectWork project = state.work().project(name);
      if (project.hasWork() || Place.ANY.stream().anyMatch(place -> project.list(place) != null)) {
        left.add("work of project " + name);
      }
      if (project.queue().nothing()) {
        left.add("project " + name);
      }
    }
    List<RankedSet> sets = new ArrayList<>(state.deadlines().due().subList(0, 3));
    sets.add(state.deadlines().offers());
    sets.add(state.jobs().waiting());
    sets.add(state.jobs().over());
    sets.add(state.deadlines().leases());
    sets.add(state.deadlines().graces());
    sets.addAll(state.deadlines().accepts().values());
    sets.add(state.issueNumbers());
    sets.add(state.claimed());
    sets.add(state.ended());
    sets.add(state.dead());
    sets.add(state.unread().of(Lane.URGENT));
    sets.add(state.unread().of(Lane.NORMAL));
    sets.add(state.archives().byTime());
    sets.add(state.answers().byEnd());
    sets.add(state.workers().registered());
    sets.add(state.workers().silent());
    sets.stream().map(StateDump::pairs).filter(pairs -> !pairs.isEmpty()).forEach(left::add);
    return String.join("\n", left);
  }

  private static void addIfNamed(TreeSet<String> workers, String worker) {
    if (worker != null) {
      workers.add(worker);
    }
  }

  /** An issue of a single session that is its own issue may have an entry or not. */
  private static void addIssues(TreeSet<String> lines, OrgState state) {
    state.eachSession(
        slot -> {
          if (slot instanceof SessionRecord session) {
            Issue issue = state.issues().joined(session.project(), session.issueId(), "");
            if (issue != null) {
              lines.add(
                  "issue "
                      + session.project()
                      + " "
                      + session.issueId()
                      + " claimed "
                      + issue.claimed()
                      + " best "
                      + issue.best()
                      + " second "
                      + issue.second());
            }
          }
        });
  }

  private static void addDeadlines(TreeSet<String> lines, Deadlines deadlines) {
    int kind = 0;
    for (RankedSet due : deadlines.due()) {
      lines.add("due " + kind++ + " " + pairs(due));
    }
    lines.add("offers " + pairs(deadlines.offers()));
    lines.add("leases " + pairs(deadlines.leases()));
    lines.add("graces " + pairs(deadlines.graces()));
    for (Map.Entry<Long, RankedSet> order : deadlines.accepts().entrySet()) {
      lines.add("accepts of " + order.getKey() + " ms " + pairs(order.getValue()));
    }
  }

  private static void addWork(TreeSet<String> lines, OrgState state) {
    lines.add("projects " + state.work().projectNames());
    for (String name : state.work().projectNames()) {
      ProjectWork project = state.work().project(name);
      lines.add(
          "project "
              + name
              + " live "
              + project.sessions
              + " "
              + project.counts()
              + " open "
              + project.open());
      for (Place place : Place.values()) {
        lines.add("list " + name + " " + place + " " + pairs(project.list(place)));
      }
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
    if (set == null) {
      return "";
    }
    StringBuilder pairs = new StringBuilder();
    set.visit(
        (number, id) -> {
          pairs.append(number).append(' ').append(id).append(", ");
          return true;
        });
    return pairs.toString();
  }
}
