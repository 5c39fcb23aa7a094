package dev.sluice.admin.queues;

import dev.sluice.admin.acts.Act;
import dev.sluice.admin.view.ActForm.Thing;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.control.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

interface AllQueuesAct extends Act {

  /** An operator acts on all projects of the org. */
  Predicate<String> ALL = project -> true;

  int MOST_LISTED = 25;

  @Override
  default Section section() {
    return Section.QUEUES;
  }

  @Override
  default String object() {
    return "queues";
  }

  static Actor looking(Visit visit) {
    return new Actor(visit.org(), visit.visitor().actor());
  }

  static List<Thing> things(Visit visit, List<ProjectQueue> queues) {
    List<Thing> things = new ArrayList<>();
    queues.stream()
        .limit(MOST_LISTED)
        .forEach(
            queue ->
                things.add(
                    new Thing(
                        new Ref(queue.project(), visit.links().queue(queue.project())),
                        Formats.count(queue.counts().waiting()) + " waiting")));
    if (queues.size() > MOST_LISTED) {
      things.add(new Thing(null, "and " + Formats.count(queues.size() - MOST_LISTED) + " more"));
    }
    return things;
  }

  /** {@code 1 project is}, {@code 2 projects are}. */
  static String projects(int count) {
    return Formats.count(count, "project") + (count == 1 ? " is" : " are");
  }
}
