package dev.sluice.backend.engine.write;

import dev.sluice.backend.engine.figures.OrgFigures;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.FigureRecord;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.queues.ProjectQueue;
import java.util.ArrayList;
import java.util.List;

/** The part of a sweep that looks at waiting work, writes buckets and deletes old ones. */
public final class FigureSweep {

  private FigureSweep() {}

  public static void run(WriteStep step) {
    long now = step.now();
    OrgFigures figures = step.state().figures();
    boolean inUse =
        step.state().counts().waiting() > 0 || !step.state().deadlines().leases().isEmpty();
    if (figures.gaugeIsDue(now, inUse)) {
      step.applyInternal(new Change.PutFigures(figures.gauged(waiting(step), now)));
    }
    for (FigureRecord record : figures.toWrite(now)) {
      step.applyInternal(new Change.PutFigures(record));
    }
    for (long startMs : figures.startsBefore(Figures.oldestAt(now), step.rules().dueStep())) {
      step.applyInternal(new Change.RemoveFigures(startMs));
    }
  }

  private static List<FigureSeries> waiting(WriteStep step) {
    List<FigureSeries> waiting = new ArrayList<>();
    long unseen = step.state().counts().waiting();
    for (String name : step.state().work().projectNames()) {
      ProjectWork project = step.state().work().project(name);
      if (project != null && project.counts().waiting() > 0) {
        ProjectQueue queue = project.show(step.state(), step.now());
        long oldest = queue.oldestQueuedAtMs();
        long age = oldest == 0 ? 0 : Math.max(0, step.now() - oldest);
        waiting.add(FigureSeries.of(name, false).gauged(queue.counts().waiting(), age));
        unseen -= queue.counts().waiting();
        if (waiting.size() == Figures.MAX_GAUGED || unseen <= 0) {
          break;
        }
      }
    }
    if (unseen > 0) {
      waiting.add(FigureSeries.of("", true).gauged(unseen, 0));
    }
    return waiting;
  }
}
