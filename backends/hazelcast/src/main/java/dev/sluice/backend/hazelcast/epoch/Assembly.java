package dev.sluice.backend.hazelcast.epoch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Works out what is to change, from an epoch and what the members say. Wrong advice can delay
 * service but lose nothing: {@link Epoch} refuses what isn't allowed.
 */
final class Assembly {

  private final Epoch epoch;
  private final TreeMap<Integer, Report> reports;
  private final List<String> names;
  private final int quorum;
  private final int leader;

  /**
   * @param reports of the members that said something lately, by seat
   * @param names of all members
   */
  Assembly(Epoch epoch, Map<Integer, Report> reports, List<String> names, int quorum, int leader) {
    this.epoch = epoch;
    this.reports = new TreeMap<>(reports);
    this.names = names;
    this.quorum = quorum;
    this.leader = leader;
  }

  /**
   * @param change to propose, if any
   * @param patient true if it is for the time when the members don't find together by themselves
   * @param target seat whose instance others join, or {@link Seat#NONE}
   * @param joins seats without an instance, which join
   * @param strays seats whose instance is of no use and apart
   * @param late seats whose instance is in view of the target's, but not in the epoch
   * @param waitsFor for people
   */
  record Advice(
      @Nullable Change change,
      boolean patient,
      int target,
      Set<Integer> joins,
      Set<Integer> strays,
      Set<Integer> late,
      String waitsFor) {

    static Advice wait(String why) {
      return new Advice(null, false, Seat.NONE, Set.of(), Set.of(), Set.of(), why);
    }

    static Advice propose(Change.Kind kind, Epoch epoch, List<Part> parts, boolean patient) {
      return new Advice(
          new Change(kind, epoch.number(), parts),
          patient,
          Seat.NONE,
          Set.of(),
          Set.of(),
          Set.of(),
          "the members are finding together");
    }
  }

  Advice advice() {
    List<Part> best = best();
    if (best != null) {
      return tickets(best).equals(epoch.tickets()) ? inForce() : replaced(best);
    }
    boolean holderIsHere =
        reports.values().stream()
            .anyMatch(report -> report.running() && epoch.complete().contains(report.ticket()));
    if (holderIsHere) {
      return Advice.wait("the members' views differ: Hazelcast has not yet found out who is gone");
    }
    return epoch.virgin() ? found() : lost();
  }

  /** The largest view that all in it share and that holds all data. */
  private @Nullable List<Part> best() {
    return reports.values().stream()
        .filter(this::agreed)
        .filter(report -> report.view().stream().anyMatch(epoch.complete()::contains))
        .map(this::parts)
        .min(
            Comparator.comparing((List<Part> parts) -> -parts.size())
                .thenComparing(parts -> parts.stream().noneMatch(part -> part.seat() == leader))
                .thenComparing(parts -> parts.get(0).seat()))
        .orElse(null);
  }

  private boolean agreed(Report report) {
    Set<UUID> view = new HashSet<>(report.view());
    return report.running()
        && view.contains(report.ticket())
        && view.stream()
            .allMatch(
                ticket ->
                    reports.values().stream()
                        .anyMatch(each -> each.ticket().equals(ticket) && each.sees(view)));
  }

  private List<Part> parts(Report report) {
    List<Part> parts = new ArrayList<>();
    for (UUID ticket : report.view()) {
      reports.forEach(
          (seat, each) -> {
            if (each.ticket().equals(ticket)) {
              parts.add(new Part(seat, ticket));
            }
          });
    }
    return parts;
  }

  private static Set<UUID> tickets(List<Part> parts) {
    return parts.stream().map(Part::ticket).collect(Collectors.toSet());
  }

  private Advice replaced(List<Part> best) {
    if (best.size() >= quorum) {
      return Advice.propose(Change.Kind.VIEW, epoch, best, false);
    }
    if (reports.size() >= quorum) {
      return Advice.propose(Change.Kind.VIEW, epoch, best, true);
    }
    return Advice.wait(missing("too few members are there"));
  }

  /** The members of the epoch are together. */
  private Advice inForce() {
    Set<Integer> joins = new TreeSet<>();
    Set<Integer> strays = new TreeSet<>();
    Set<Integer> late = new TreeSet<>();
    List<Integer> reserve = new ArrayList<>();
    int coming = epoch.parts().size();
    for (Map.Entry<Integer, Report> each : reports.entrySet()) {
      Report report = each.getValue();
      if (epoch.names(report.ticket()) || report.renounces()) {
        continue;
      }
      boolean linked = report.view().stream().anyMatch(epoch.tickets()::contains);
      switch (report.stage()) {
        case NONE -> {
          joins.add(each.getKey());
          coming++;
        }
        case CHANGING -> coming++;
        case RUNNING -> {
          if (!epoch.serves() && epoch.complete().contains(report.ticket())) {
            reserve.add(each.getKey());
          } else if (linked) {
            late.add(each.getKey());
            coming++;
          } else {
            strays.add(each.getKey());
            coming++;
          }
        }
      }
    }
    // keep the others' copies until there are enough of this one
    strays.addAll(reserve.subList(0, Math.max(0, Math.min(reserve.size(), quorum - coming))));
    return new Advice(
        serve(), false, epoch.parts().get(0).seat(), joins, strays, late, waitsToServe());
  }

  private @Nullable Change serve() {
    boolean ready =
        !epoch.serves()
            && epoch.parts().size() >= quorum
            && epoch.parts().stream().allMatch(part -> report(part).known() == epoch.number())
            && epoch.parts().stream().anyMatch(part -> report(part).safe());
    return ready ? new Change(Change.Kind.SERVE, epoch.number(), List.of()) : null;
  }

  private Report report(Part part) {
    return java.util.Objects.requireNonNull(reports.get(part.seat()));
  }

  private String waitsToServe() {
    if (epoch.serves()) {
      return "";
    }
    return epoch.parts().size() < quorum
        ? missing("too few members have the data")
        : "the members copy the data";
  }

  /** Nothing was ever stored. */
  private Advice found() {
    boolean founding =
        epoch.parts().stream()
            .anyMatch(
                part -> {
                  Report report = reports.get(part.seat());
                  return report != null && report.ticket().equals(part.ticket());
                });
    if (founding) {
      return Advice.wait("the first member starts");
    }
    if (reports.size() < quorum) {
      return Advice.wait(missing("too few members are there"));
    }
    return empty()
        .map(part -> Advice.propose(Change.Kind.FOUND, epoch, List.of(part), false))
        .orElseGet(() -> Advice.wait("the members start"));
  }

  /** None of the members that are there has all that was acknowledged. */
  private Advice lost() {
    for (Map.Entry<Integer, Report> each : reports.entrySet()) {
      Report report = each.getValue();
      if (report.accepted() && report.running()) {
        return Advice.propose(
            Change.Kind.ACCEPT, epoch, List.of(new Part(each.getKey(), report.ticket())), true);
      }
    }
    if (reports.size() < names.size()) {
      return Advice.wait(
          missing("no member that is there has all data, and one that is missing may have it"));
    }
    // one that never served may have copied all before the others died
    if (reports.values().stream().anyMatch(Report::running)) {
      return Advice.wait(
          "the members with the newest data are gone, and one with older data or a part of it is"
              + " here: an operator decides");
    }
    return empty()
        .map(part -> Advice.propose(Change.Kind.FOUND_LOST, epoch, List.of(part), true))
        .orElseGet(() -> Advice.wait("the members start"));
  }

  private java.util.Optional<Part> empty() {
    return reports.entrySet().stream()
        .filter(each -> each.getValue().stage() == Instance.Stage.NONE)
        .filter(each -> !each.getValue().renounces())
        .findFirst()
        .map(each -> new Part(each.getKey(), each.getValue().ticket()));
  }

  private String missing(String what) {
    String missing =
        IntStream.range(0, names.size())
            .filter(seat -> !reports.containsKey(seat))
            .mapToObj(names::get)
            .collect(Collectors.joining(", "));
    return missing.isEmpty() ? what : what + "; missing: " + missing;
  }
}
