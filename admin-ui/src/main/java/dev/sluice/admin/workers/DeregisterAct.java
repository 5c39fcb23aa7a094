package dev.sluice.admin.workers;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.ActForm.Thing;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.control.Actor;
import dev.sluice.control.FleetControl;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record DeregisterAct(FleetControl control, QueueBackend backend, String workerId)
    implements WorkerAct {

  private static final int MOST_LISTED = 25;

  @Override
  public String verb() {
    return "deregister";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    List<String> held = read(visit, backend.workers()).activeSessions();
    return ActForm.of(
            "Deregister worker " + name(),
            visit.links().workerAct(workerId, "deregister"),
            "Deregister",
            visit.links().worker(workerId))
        .harms()
        .saying(
            "Its record is deleted and its calls are refused. The worker may " + "register again.")
        .saying(
            held.isEmpty()
                ? "It has no claimed session."
                : "It holds "
                    + Formats.count(held.size(), "session")
                    + ". They return to their old places in the queue, and no attempt is "
                    + "counted.")
        .toEach(things(visit, held))
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(visit.server(), "DELETE", apiPath() + "?reason=why", null);
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    WorkerRef worker = new WorkerRef(actor.org(), workerId, null);
    int returned = control.deregister(worker, actor.note()).size();
    return ActResult.to(
        visit.links().to(Section.WORKERS.path()),
        name()
            + " is deregistered; "
            + Formats.count(returned, "session")
            + " returned to the queue.");
  }

  private List<Thing> things(Visit visit, List<String> held) {
    List<Thing> things = new ArrayList<>();
    held.stream().limit(MOST_LISTED).forEach(id -> things.add(thing(visit, id)));
    if (held.size() > MOST_LISTED) {
      things.add(new Thing(null, "and " + Formats.count(held.size() - MOST_LISTED) + " more"));
    }
    return things;
  }

  private Thing thing(Visit visit, String id) {
    return new Thing(new Ref(id, visit.links().session(id)), note(visit, id));
  }

  private @Nullable String note(Visit visit, String id) {
    try {
      Session session = backend.sessions().find(visit.org(), id);
      return Formats.cut(session.project(), 80) + fate(session, visit.now());
    } catch (RefusedException gone) {
      return gone.refusal() == Refusal.DAMAGED ? "damaged" : null;
    }
  }

  private static String fate(Session session, long now) {
    if (session.releaseByMs() != 0) {
      return ", being stopped: it ends";
    }
    boolean late = session.deadlineMs() != 0 && session.deadlineMs() <= now;
    return late ? ", past its deadline: it becomes a dead letter" : "";
  }
}
