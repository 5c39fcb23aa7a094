package dev.sluice.admin.queues;

import dev.sluice.admin.acts.Act;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.PageIds;
import dev.sluice.admin.web.Visit;

interface QueueAct extends Act {

  String project();

  @Override
  default Section section() {
    return Section.QUEUES;
  }

  @Override
  default String object() {
    return project();
  }

  @Override
  default void check(Visit visit) {
    PageIds.require(project(), "project", visit, Section.QUEUES);
  }
}
