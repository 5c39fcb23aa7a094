package dev.sluice.admin.acts;

import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Links;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.List;

public final class WorkerButtons {

  private WorkerButtons() {}

  public static ActButton.Menu of(Worker worker, Links links, long now) {
    String id = worker.registration().workerId();
    List<ActButton> buttons = new ArrayList<>();
    if (worker.drained()) {
      buttons.add(ActButton.now("Undrain", links.workerAct(id, "undrain")));
    } else {
      buttons.add(ActButton.form("Drain", links.workerAct(id, "drain")));
      if (worker.quarantinedUntilMs() > now) {
        buttons.add(ActButton.now("Lift quarantine", links.workerAct(id, "undrain")));
      }
    }
    buttons.add(ActButton.form("Note", links.workerAct(id, "note")));
    buttons.add(ActButton.harm("Deregister", links.workerAct(id, "deregister")));
    return ActButton.menu(buttons);
  }
}
