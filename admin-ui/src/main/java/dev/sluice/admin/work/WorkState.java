package dev.sluice.admin.work;

import dev.sluice.backend.Names;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import dev.sluice.fleet.UnclaimedWork;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Places of work in the words of people. */
public enum WorkState {
  WAITING(Place.READY, "In claim order, including returned work."),
  PARKED(Place.PARKED, "Behind another session of the same issue."),
  LATER(Place.LATER, "Scheduled for a later time."),
  RETURNED(Place.RETURNED, "Nacked by a worker, and for a while not offered to it."),
  RUNNING(Place.CLAIMED, "Claimed by a worker."),
  STOPPING(Place.CLAIMED, "Stopped; the worker has not confirmed the end."),
  DEAD(
      Place.DEAD,
      "Lost or nacked too often, or past the deadline. Kept for a requeue. Latest first."),
  ENDED(Place.ENDED, "Latest first.");

  private final Place place;
  private final String note;

  WorkState(Place place, String note) {
    this.place = place;
    this.note = note;
  }

  public static Optional<WorkState> of(String word) {
    return Stream.of(values()).filter(state -> state.word().equals(word)).findFirst();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String title() {
    return this == DEAD ? "Dead letters" : name().charAt(0) + word().substring(1) + " work";
  }

  /** The noun of a session in a list. */
  String one() {
    return this == DEAD ? "letter" : "session";
  }

  public Place place() {
    return place;
  }

  boolean lists(Place other) {
    return other == place || this == WAITING && other == Place.RETURNED;
  }

  public String note() {
    return note;
  }

  /** True if listed from the snapshot. */
  public boolean claimed() {
    return place == Place.CLAIMED;
  }

  /** True if dead or ended. */
  public boolean over() {
    return this == DEAD || this == ENDED;
  }

  /** The part that has the work of this state; waiting states share one. */
  UnclaimedWork.Part in(UnclaimedWork unclaimed) {
    return this == DEAD
        ? unclaimed.dead()
        : this == ENDED ? unclaimed.ended() : unclaimed.waiting();
  }

  /** The order of the lists of waiting work. */
  Comparator<Session> order() {
    return this == LATER
        ? Comparator.comparingLong(Session::notBeforeMs)
            .thenComparing(Session::id, Names::compareBytes)
        : UnclaimedWork.HAND_OUT;
  }

  /** True if listed by project only. */
  public boolean waits() {
    return place.waits();
  }
}
