package dev.sluice.backend.tck.history;

import java.util.List;
import java.util.stream.Stream;

/** What may be done wrong, each as one change of the model's sources. */
final class Flaws {

  static final List<Flaw> ALL =
      Stream.of(
              FlawsOfWork.ALL,
              FlawsOfWorkers.ALL,
              FlawsOfSessions.ALL,
              FlawsOfClients.ALL,
              FlawsOfAudit.ALL,
              FlawsOfKeys.ALL,
              FlawsOfStops.ALL,
              FlawsOfLists.ALL,
              FlawsOfInboxes.ALL)
          .flatMap(List::stream)
          .toList();

  private Flaws() {}
}
