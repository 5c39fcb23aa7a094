package dev.sluice.admin.queues;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.Act;
import dev.sluice.admin.view.Section;

interface QueueAct extends Act {

  String project();

  @Override
  default Section section() {
    return Section.QUEUES;
  }

  @Override
  default VisitorRole role() {
    return VisitorRole.OPERATOR;
  }

  @Override
  default String object() {
    return project();
  }
}
