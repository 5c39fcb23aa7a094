package dev.sluice.admin.system;

import dev.sluice.admin.fleet.SessionHealth;
import dev.sluice.admin.fleet.WorkerStatus;
import dev.sluice.admin.view.Badge;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the words on the pages mean.
 *
 * @param groups them, those of one kind together
 */
public record HelpView(List<Group> groups) {

  /** All of them; they are the same for everybody. */
  public static final HelpView WORDS =
      new HelpView(
          List.of(
              new Group("Places of a session", words(Place.values(), HelpView::word)),
              new Group("Health of a session", words(SessionHealth.values(), HelpView::word)),
              new Group("States of a worker", words(WorkerStatus.values(), HelpView::word))));

  public HelpView {
    groups = List.copyOf(groups);
  }

  /** Words of one kind. */
  public record Group(String title, List<Word> words) {}

  /** One word. */
  public record Word(Badge badge, String means) {}

  private static <T> List<Word> words(T[] values, Function<T, Word> word) {
    return Stream.of(values).map(word).toList();
  }

  private static Word word(Place place) {
    return switch (place) {
      case READY -> new Word(new Badge(Badge.WAIT, place.wire()), "waits for a worker, in order");
      case RETURNED ->
          new Word(
              new Badge(Badge.WAIT, place.wire()),
              "a worker gave it back; it waits in its old order for any other");
      case PARKED ->
          new Word(new Badge(Badge.HELD, place.wire()), "waits behind another of its issue");
      case LATER -> new Word(new Badge(Badge.HELD, place.wire()), "waits for a time");
      case CLAIMED -> new Word(new Badge(Badge.ACTIVE, place.wire()), "a worker holds it");
      case ENDED -> new Word(new Badge(Badge.DONE, place.wire()), "over; shown by how it ended");
      case DEAD ->
          new Word(new Badge(Badge.FAIL, place.wire()), "given up on, kept to be put back by hand");
    };
  }

  private static Word word(SessionHealth health) {
    return new Word(Badge.of(health), health.means());
  }

  private static Word word(WorkerStatus state) {
    return new Word(
        Badge.of(state),
        switch (state) {
          case REVOKED -> "the credential it registered with was revoked";
          case SILENT -> "it gave no sign for so long that its sessions go to others";
          case REPLACED -> "its machine has registered anew";
          case DRAINING -> "it finishes what it holds and takes nothing new";
          case QUARANTINED ->
              "it accepted too little of what it claimed and gets no work for a while";
          case NACKING -> "it nacked so much that still waits that it gets messages only";
          case QUIET -> "no sign for a minute; it keeps what it holds for now";
          case FULL -> "all its slots are busy";
          case READY -> "it takes work";
        });
  }
}
