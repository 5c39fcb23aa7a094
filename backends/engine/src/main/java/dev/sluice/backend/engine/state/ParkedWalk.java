package dev.sluice.backend.engine.state;

import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.List;

/** Progress of the sweeps through parked work in this round. No copy needs it. */
public final class ParkedWalk {

  private final WorkIndex work;
  private String project = "";
  private long score = Long.MIN_VALUE;
  private String id = "";

  ParkedWalk(WorkIndex work) {
    this.work = work;
  }

  /** Returns the next ones, fewer at the end of a round. */
  public List<String> next(int most) {
    List<String> ids = new ArrayList<>(0);
    for (String name : work.projectNames().tailSet(project, true)) {
      if (!name.equals(project)) {
        begin(name);
      }
      ProjectWork named = work.project(name);
      RankedSet parked = named == null ? null : named.list(Place.PARKED);
      if (parked != null) {
        parked.visitAfter(
            score,
            id,
            (nextScore, nextId) -> {
              score = nextScore;
              id = nextId;
              ids.add(nextId);
              return ids.size() < most;
            });
      }
      if (ids.size() == most) {
        return ids;
      }
    }
    begin("");
    return ids;
  }

  private void begin(String name) {
    project = name;
    score = Long.MIN_VALUE;
    id = "";
  }
}
