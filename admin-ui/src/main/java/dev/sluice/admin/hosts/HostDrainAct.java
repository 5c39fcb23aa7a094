package dev.sluice.admin.hosts;

import dev.sluice.admin.acts.Act;
import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.ActForm.Thing;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.PageIds;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.Actor;
import dev.sluice.control.DrainedHost;
import dev.sluice.control.FleetControl;
import dev.sluice.control.Host;
import java.util.ArrayList;
import java.util.List;

/** Drains all workers of a host, or undrains them and lifts their quarantines. */
public record HostDrainAct(FleetControl control, String host, boolean drain) implements Act {

  private static final int MOST_LISTED = 25;

  @Override
  public Section section() {
    return Section.HOSTS;
  }

  @Override
  public String verb() {
    return drain ? "drain" : "undrain";
  }

  @Override
  public String object() {
    return host;
  }

  @Override
  public void check(Visit visit) {
    PageIds.require(host, "host", visit, Section.HOSTS);
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    Host there = read(visit);
    String label = drain ? "Drain host" : "Undrain host";
    return ActForm.of(
            label + " " + name(),
            visit.links().hostAct(host, verb()),
            label,
            visit.links().host(host))
        .saying(drain ? draining(there) : undraining(there))
        .toEach(things(visit, there))
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(
            visit.server(),
            "POST",
            "/api/hosts/" + Links.encoded(host) + "/" + verb(),
            JsonText.object(FormInput.REASON, "why"));
  }

  private static String draining(Host there) {
    return "No new work for "
        + workers(there)
        + " until undrained. "
        + Formats.count(there.sessions(), "claimed session")
        + (there.sessions() == 1 ? " continues" : " continue")
        + ". The page of the host says when it is safe to reboot. A worker that registers later"
        + " is not drained.";
  }

  private static String undraining(Host there) {
    return "New work for "
        + workers(there)
        + " again, also for those that were drained one by one. Quarantines are lifted. Workers"
        + " that drain themselves continue to.";
  }

  private static String workers(Host there) {
    int workers = there.workers().size();
    return workers == 1 ? "its worker" : "all " + Formats.count(workers, "worker");
  }

  private static List<Thing> things(Visit visit, Host there) {
    List<Thing> things = new ArrayList<>();
    there.workers().stream().limit(MOST_LISTED).forEach(each -> things.add(thing(visit, each)));
    int more = there.workers().size() - MOST_LISTED;
    if (more > 0) {
      things.add(new Thing(null, "and " + Formats.count(more) + " more"));
    }
    return things;
  }

  private static Thing thing(Visit visit, Worker worker) {
    String id = worker.registration().workerId();
    return new Thing(
        new Ref(id, visit.links().worker(id)),
        Formats.count(worker.activeSessions().size(), "session")
            + (worker.drained() ? ", drained" : ""));
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    DrainedHost done = control.drain(actor, read(visit), drain);
    int workers = done.host().workers().size();
    HostRow.Left left = drain ? HostRow.left(done.host()) : null;
    return ActResult.to(
        visit.links().host(host),
        name()
            + ": "
            + Formats.count(workers, "worker")
            + (drain ? " drained. " : " undrained.")
            + (left == null ? "" : left.words()));
  }

  private Host read(Visit visit) {
    Host there = control.host(visit.org(), host);
    if (there.workers().isEmpty()) {
      throw HostPage.unknown(visit);
    }
    return there;
  }

  private String name() {
    return Formats.cut(host, 80);
  }
}
