package dev.sluice.service.parts;

import dev.sluice.backend.store.QueueBackend;
import dev.sluice.control.FleetControl;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.config.FixedSettings;
import dev.sluice.service.dispatch.FollowedWork;
import dev.sluice.service.dispatch.ParkedPolls;
import dev.sluice.service.dispatch.Poller;
import dev.sluice.service.dispatch.WorkCredentials;
import dev.sluice.service.dispatch.WorkerSnapshots;
import dev.sluice.service.events.EventTails;

/** Calls that wait, and what acts on many sessions or workers at once. */
public final class Dispatch {

  final FleetControl control;
  final WorkerSnapshots snapshots;
  final FollowedWork followed;
  final ParkedPolls polls;
  final EventTails events;
  final WorkCredentials credentials;

  public Dispatch(Node node, Access access) {
    QueueBackend backend = node.backend();
    control =
        new FleetControl(
            backend, node.clock(), () -> "stp_" + Secrets.randomHex(12), access.standings::forget);
    snapshots = new WorkerSnapshots(backend.workers(), node.nanoTime()::getAsLong);
    followed = new FollowedWork(backend.work(), backend.hints(), FixedSettings.MAX_FOLLOWED);
    node.environment().lifecycle().manage(followed);
    node.environment().lifecycle().addEventListener(followed);
    events =
        new EventTails(
            backend.events(), backend.sessions(), node.nanoTime(), FixedSettings.MAX_EVENT_READERS);
    node.environment().lifecycle().manage(events);
    node.environment().lifecycle().addEventListener(events);
    credentials = new WorkCredentials(node.gitCredentials(), backend.sessions());
    node.environment().lifecycle().manage(credentials);
    Poller poller =
        new Poller(
            backend.workers(),
            backend.sessions(),
            Secrets.randomHex(6),
            node.settings().limits().itemsPerPoll());
    polls = new ParkedPolls(poller, backend.hints(), FixedSettings.MAX_PARKED);
    node.environment().lifecycle().manage(polls);
    node.monitoring().meters().showFollowedWork(followed::waiting);
    node.monitoring().meters().showParkedPolls(polls::parked);
    node.monitoring().meters().showEventReaders(events::readers);
  }
}
