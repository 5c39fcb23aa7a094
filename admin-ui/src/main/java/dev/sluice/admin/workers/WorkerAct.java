package dev.sluice.admin.workers;

import dev.sluice.admin.acts.Act;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.PageIds;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;

interface WorkerAct extends Act {

  String workerId();

  @Override
  default Section section() {
    return Section.WORKERS;
  }

  @Override
  default String object() {
    return workerId();
  }

  default String name() {
    return Formats.cut(workerId(), 80);
  }

  default String apiPath() {
    return "/api/workers/" + Links.encoded(workerId());
  }

  @Override
  default void check(Visit visit) {
    PageIds.require(workerId(), "worker", visit, Section.WORKERS);
  }

  default Worker read(Visit visit, Workers workers) {
    return workers.find(new WorkerRef(visit.org(), workerId(), null));
  }
}
