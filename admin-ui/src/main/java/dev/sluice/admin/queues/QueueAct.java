package dev.sluice.admin.queues;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.Act;
import dev.sluice.admin.view.Section;

/** Something done to the queue of a project. */
interface QueueAct extends Act {

  /** Its project, as the address names it. */
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
