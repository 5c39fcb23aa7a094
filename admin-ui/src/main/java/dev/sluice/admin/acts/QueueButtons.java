package dev.sluice.admin.acts;

import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Links;
import dev.sluice.backend.queues.ProjectQueue;
import java.util.ArrayList;
import java.util.List;

public final class QueueButtons {

  private QueueButtons() {}

  public static ActButton.Menu of(ProjectQueue queue, Links links) {
    String project = queue.project();
    List<ActButton> buttons = new ArrayList<>();
    buttons.add(
        queue.pause() == null
            ? ActButton.form("Pause", links.queueAct(project, "pause"))
            : ActButton.now("Resume", links.queueAct(project, "resume")));
    buttons.add(ActButton.form("Limits", links.queueAct(project, "limits")));
    if (queue.counts().waiting() > 0) {
      buttons.add(ActButton.form("Priority of waiting", links.queueAct(project, "priority-all")));
      buttons.add(ActButton.harm("Cancel waiting", links.queueAct(project, "cancel-all")));
    }
    if (queue.counts().dead() > 0) {
      buttons.add(ActButton.form("Requeue dead", links.to("/dead/requeue", "project", project)));
      buttons.add(ActButton.harm("Discard dead", links.to("/dead/discard", "project", project)));
    }
    if (queue.counts().claimed() > 0) {
      buttons.add(ActButton.harm("Stop running", links.queueAct(project, "stop")));
    }
    return ActButton.menu(buttons);
  }
}
