package dev.sluice.service.browser;

import java.util.stream.Stream;

/**
 * A page of the dashboard, in the one list of them. {@link EveryPageIT} fails if a served page is
 * missing.
 *
 * @param name of its pictures
 * @param path names in braces are filled in by the {@link FleetScene}
 * @param shows a text in its main part
 */
record PageUnderTest(String name, String path, int status, String shows) {

  static Stream<PageUnderTest> all() {
    return Stream.of(fleet(), queues(), workersAndSessions(), others(), errors())
        .flatMap(pages -> pages);
  }

  private static Stream<PageUnderTest> fleet() {
    return Stream.of(
        page("overview", "/admin", "Claimed sessions"),
        page("first-run", "/admin?org=newcomer", "Nothing here yet"),
        page("charts", "/admin/charts", "Charts"),
        page("charts-7d", "/admin/charts?span=7d", "Charts"),
        page("spend", "/admin/spend", "Spend"),
        page("dead", "/admin/work?state=dead", "{dead}"),
        page("dead-requeue", "/admin/dead/{dead}/requeue", "Requeue"),
        page("dead-discard", "/admin/dead/{dead}/discard", "Discard"),
        page("dead-requeue-all", "/admin/dead/requeue", "Requeue"),
        page("dead-discard-all", "/admin/dead/discard", "Discard"),
        page("stop-everything", "/admin/stops", "Stop all claimed sessions"),
        page("stop", "/admin/stops/{stop}", "ml-train"),
        page("finding-acknowledge", "/admin/findings/paused.docs/ack", "Acknowledge finding"),
        page("finding-mute", "/admin/findings/paused.docs/mute", "docs is paused"),
        page("finding-unmute", "/admin/findings/paused.docs/unmute", "Unmute finding"),
        page("activity", "/admin/activity", "GPU driver update"));
  }

  private static Stream<PageUnderTest> queues() {
    return Stream.of(
        page("queues", "/admin/queues", "mobile"),
        page("queues-pause", "/admin/pause-all", "Pause all projects"),
        page("queues-resume", "/admin/resume-all", "Resume all I paused"),
        page("queue", "/admin/queues/payments", "Why it waits"),
        page("queue-paused", "/admin/queues/docs", "until the new theme is in"),
        page("queue-parked", "/admin/queues/payments?place=parked", "PAY-900"),
        page("queue-later", "/admin/queues/payments?place=later", "PAY-950"),
        page("queue-returned", "/admin/queues/payments?place=returned", "payments"),
        page("queue-claimed", "/admin/queues/payments?place=claimed", "{running}"),
        page("queue-dead", "/admin/queues/web-app?place=dead", "{dead}"),
        page("queue-empty", "/admin/queues/nobody", "nobody"),
        page("queue-pause", "/admin/queues/payments/pause", "Pause"),
        page("queue-resume", "/admin/queues/docs/resume", "Resume"),
        page("queue-limits", "/admin/queues/payments/limits", "Limits of payments"),
        page("queue-stop", "/admin/queues/payments/stop", "Stop all claimed sessions of payments"),
        page("queue-cancel-all", "/admin/queues/payments/cancel-all", "payments"),
        page("queue-priority-all", "/admin/queues/payments/priority-all", "payments"),
        page("selected-cancel", "/admin/selected/cancel?id={waiting}", "Cancel 1 waiting item"),
        page("selected-none", "/admin/selected/stop", "Nothing is selected"),
        page("work-priority", "/admin/work/{waiting}/priority", "Priority of"),
        page("work-front", "/admin/work/{waiting}/front", "to the front"),
        page("work-cancel", "/admin/work/{waiting}/cancel", "Cancel"));
  }

  private static Stream<PageUnderTest> workersAndSessions() {
    return Stream.of(
        page("hosts", "/admin/hosts", "mac-studio-1"),
        page("host", "/admin/hosts/{host}", "{running}"),
        page("host-drain", "/admin/hosts/{host}/drain", "Drain host"),
        page("host-undrain", "/admin/hosts/{host}/undrain", "Undrain host"),
        page("workers", "/admin/workers", "build-07"),
        page("worker", "/admin/workers/{worker}", "{running}"),
        page("worker-drain", "/admin/workers/{worker}/drain", "Drain worker"),
        page("worker-undrain", "/admin/workers/{worker}/undrain", "Undrain worker"),
        page("worker-deregister", "/admin/workers/{worker}/deregister", "{running}"),
        page("work", "/admin/work", "{running}"),
        page("work-waiting", "/admin/work?state=waiting", "payments"),
        page("work-of-project", "/admin/work?state=waiting&project=payments", "Why it waits"),
        page("work-filtered", "/admin/work?host={host}&sort=cost&colour=red", "colour"),
        page("old-sessions", "/admin/sessions", "{running}"),
        page("old-dead", "/admin/dead", "{dead}"),
        page("work-ended", "/admin/work?state=ended", "completed"),
        page("work-silent", "/admin/work?health=silent", "no call for 90 s"),
        page("inbox", "/admin/inbox", "Leave the migration alone"),
        page("inbox-normal", "/admin/inbox?lane=normal", "normal"),
        page("work-found", "/admin/work?q=payments", "project payments"),
        page("session", "/admin/sessions/{running}", "Leave the migration alone"),
        page("session-waiting", "/admin/sessions/{waiting}?item=show", "Crash on resume"),
        page("session-dead", "/admin/sessions/{dead}", "Timeline"),
        page("session-message", "/admin/sessions/{running}/message", "Message session"),
        page("session-nudge", "/admin/sessions/{running}/nudge", "Nudge session"),
        page("session-stop", "/admin/sessions/{running}/stop", "Stop session"),
        page("session-requeue", "/admin/sessions/{running}/requeue", "Requeue session"),
        page("session-again", "/admin/sessions/{ended}/again", "again"));
  }

  private static Stream<PageUnderTest> others() {
    return Stream.of(
        page("keys", "/admin/keys", "grafana"),
        page("key-mint", "/admin/keys/mint", "Mint a key"),
        page("key-revoke", "/admin/keys/{key}/revoke", "grafana"),
        page("add-worker", "/admin/add-worker", "Add a worker"),
        page("add-worker-joined", "/admin/add-worker/{key}", "No worker has registered"),
        page("webhooks", "/admin/webhooks", "Webhooks"),
        page("webhook", "/admin/webhooks/{webhook}", "Last deliveries"),
        page("webhook-test", "/admin/webhooks/{webhook}/test", "Send a test"),
        page("system", "/admin/system", "Timeouts and retention"),
        page("help", "/admin/help", "Keys"),
        page("login", "/admin/login", "First start?"));
  }

  private static Stream<PageUnderTest> errors() {
    return Stream.of(
        new PageUnderTest("session-missing", "/admin/sessions/none", 404, "No such session"),
        new PageUnderTest("page-missing", "/admin/workers/{worker}/nothing", 404, "No such page"));
  }

  private static PageUnderTest page(String name, String path, String shows) {
    return new PageUnderTest(name, path, 200, shows);
  }

  @Override
  public String toString() {
    return name;
  }
}
