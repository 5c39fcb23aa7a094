package dev.sluice.admin.acts.fleet;

import dev.sluice.admin.Role;
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
  default Role role() {
    return Role.OPERATOR;
  }

  @Override
  default String object() {
    return project();
  }
}
