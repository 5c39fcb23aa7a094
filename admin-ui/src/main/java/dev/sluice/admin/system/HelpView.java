package dev.sluice.admin.system;

import dev.sluice.admin.view.Badge;
import dev.sluice.backend.work.Place;
import dev.sluice.fleet.SessionHealth;
import dev.sluice.fleet.WorkerStatus;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

public record HelpView(List<Group> groups) {

  public static final HelpView WORDS =
      new HelpView(
          List.of(
              new Group("Places of a session", words(Place.values(), HelpView::word)),
              new Group("Health of a session", words(SessionHealth.values(), HelpView::word)),
              new Group("States of a worker", words(WorkerStatus.values(), HelpView::word))));

  public record Group(String title, List<Word> words) {}

  public record Word(Badge badge, String means) {}

  private static <T> List<Word> words(T[] values, Function<T, Word> word) {
    return Stream.of(values).map(word).toList();
  }

  private static Word word(Place place) {
    return switch (place) {
      case READY -> new Word(new Badge(Badge.WAIT, place.wire()), "waits for a worker");
      case RETURNED ->
          new Word(
              new Badge(Badge.WAIT, place.wire()),
              "nacked by a worker; waits in its old place for another worker");
      case PARKED ->
          new Word(
              new Badge(Badge.HELD, place.wire()), "waits behind another session of its issue");
      case LATER -> new Word(new Badge(Badge.HELD, place.wire()), "waits until a set time");
      case CLAIMED -> new Word(new Badge(Badge.ACTIVE, place.wire()), "owned by a worker");
      case ENDED ->
          new Word(new Badge(Badge.DONE, place.wire()), "finished; the badge shows the result");
      case DEAD ->
          new Word(
              new Badge(Badge.FAIL, place.wire()),
              "failed for good; kept to be requeued or discarded");
    };
  }

  private static Word word(SessionHealth health) {
    return new Word(Badge.of(health), health.means());
  }

  private static Word word(WorkerStatus state) {
    return new Word(
        Badge.of(state),
        switch (state) {
          case REVOKED -> "its key was revoked";
          case SILENT -> "its lease expired; its sessions return to the queue";
          case REPLACED -> "its machine has registered again";
          case DRAINING -> "finishes its sessions and takes no new work";
          case QUARANTINED ->
              "accepted too few of its claims, or only nacked them; gets no work for a while";
          case NACKING -> "has too many standing nacks; gets messages only";
          case QUIET ->
              "no call for a minute, or free slots and no poll for two; keeps its sessions for now";
          case FULL -> "all slots are busy";
          case READY -> "takes work";
        });
  }
}
