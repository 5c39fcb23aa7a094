package dev.sluice.admin.sessions;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.SessionButtons;
import dev.sluice.admin.inbox.InboxLane;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Fact;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.Visit;
import dev.sluice.admin.work.WorkRow;
import dev.sluice.backend.inbox.InboxHistory;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.queues.WaitReason;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.ToolUse;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.control.UnconfirmedStop;
import dev.sluice.fleet.FleetSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * @param why reasons to wait, or of death
 * @param unreadable null unless some workers can't decode the item
 * @param stop null unless unconfirmed
 * @param stopping null unless the worker must confirm a stop
 * @param olderActivities null if all are shown
 * @param askForActivities null unless an admin may ask
 * @param composer null if no message can be sent
 */
public record SessionDetails(
    WorkRow row,
    ActButton.Menu acts,
    List<String> why,
    @Nullable String unreadable,
    @Nullable StopAlarm stop,
    @Nullable Stopping stopping,
    Phases phases,
    List<Fact> facts,
    Rows<Reported> reported,
    Rows<AttemptRow> attempts,
    Rows<TimelineRow> timeline,
    Rows<ActivityRow> activities,
    @Nullable String olderActivities,
    @Nullable String askForActivities,
    boolean activitiesMasked,
    List<InboxLane> lanes,
    RawItem item,
    @Nullable ActForm composer) {

  private static final int FIRST_ACTIVITIES = 20;

  public record StopAlarm(String tone, String words) {

    static @Nullable StopAlarm of(Session session, List<Event> timeline, long now) {
      UnconfirmedStop stop = UnconfirmedStop.of(session, timeline);
      if (stop == null) {
        return null;
      }
      if (stop.heardMs() == 0) {
        return new StopAlarm(
            Badge.HELD,
            "Stop unconfirmed: the worker did not answer in time. The agent may still be running.");
      }
      return new StopAlarm(
          Badge.FAIL,
          "Critical: still running after its stop. The worker last reported "
              + Formats.span(now - stop.heardMs())
              + " ago. End the agent on its host.");
    }
  }

  /**
   * A stop that the worker hasn't confirmed yet.
   *
   * @param within time left to confirm
   */
  public record Stopping(@Nullable TimeText told, String worker, String within) {

    static @Nullable Stopping of(Session session, long now) {
      return RunningSessionAct.stopping(session)
          ? new Stopping(
              TimeText.of(session.endedAtMs(), now),
              RunningSessionAct.worker(session),
              Formats.limit(Math.max(0, session.releaseByMs() - now) / 1_000 * 1_000))
          : null;
    }
  }

  public record Answers(
      Session session,
      @Nullable String unreadable,
      SortedMap<String, String> labels,
      List<WaitReason> reasons,
      List<Event> timeline,
      List<Activity> activities,
      InboxHistory inbox) {}

  public record Asked(VisitorRole role, boolean activities, boolean allActivities, boolean item) {}

  public static SessionDetails of(
      Answers answers, Asked asked, @Nullable ActForm composer, Visit visit) {
    Links links = visit.links();
    long now = visit.now();
    Session session = answers.session();
    boolean admin = asked.role().includes(VisitorRole.ADMIN);
    int activities = answers.activities().size();
    int shown = asked.allActivities() ? activities : Math.min(FIRST_ACTIVITIES, activities);
    return new SessionDetails(
        WorkRow.of(session, visit),
        asked.role().includes(VisitorRole.OPERATOR)
            ? SessionButtons.of(session, links)
            : ActButton.Menu.NONE,
        why(answers),
        answers.unreadable() == null
            ? null
            : "Newest Go workers can't read this item: " + Formats.cut(answers.unreadable(), 200),
        StopAlarm.of(session, answers.timeline(), now),
        Stopping.of(session, now),
        Phases.of(session, now),
        facts(session, answers.labels(), visit),
        new Rows<>(Reported.of(session)),
        new Rows<>(AttemptRow.of(answers.timeline(), session, visit)),
        new Rows<>(timeline(answers.timeline(), visit)),
        new Rows<>(
            latest(answers.activities()).stream()
                .limit(shown)
                .map(activity -> ActivityRow.of(activity, now))
                .toList()),
        shown == activities ? null : links.session(session.id(), "activities", "all") + "#activity",
        admin && !asked.activities()
            ? links.session(session.id(), "activities", "show") + "#activity"
            : null,
        !admin,
        Stream.of(Lane.values()).map(lane -> InboxLane.of(lane, answers.inbox(), visit)).toList(),
        RawItem.of(session, asked.role(), asked.item(), links),
        composer);
  }

  private static List<String> why(Answers answers) {
    DeadReason dead = answers.session().dead();
    return dead == null
        ? answers.reasons().stream().map(WaitReason::words).toList()
        : List.of(dead.words());
  }

  private static List<Fact> facts(Session session, SortedMap<String, String> labels, Visit visit) {
    Links links = visit.links();
    long now = visit.now();
    FleetSnapshot fleet = visit.reading().fleet();
    ToolUse tools = session.tools();
    String owner = session.owner();
    String host = owner == null || fleet == null ? null : fleet.host(owner);
    return new Fact.Facts()
        .ref("Project", new Ref(session.project(), links.queue(session.project())))
        .text("Issue", session.issueIdentifier())
        .text("Labels", shown(labels))
        .text("Priority", String.valueOf(session.priority()))
        .text("Position", session.position() == 0 ? null : Formats.count(session.position()))
        .text("Capabilities", WorkRow.needs(session))
        .ref("Host", host == null ? null : new Ref(host, links.host(host)))
        .ref("Worker", owner == null ? null : new Ref(owner, links.worker(owner)))
        .time("Enqueued", TimeText.of(session.createdAtMs(), now))
        .time("Not before", TimeText.of(session.notBeforeMs(), now))
        .time("Deadline", TimeText.of(session.deadlineMs(), now))
        .time("Claimed", TimeText.of(session.claimedAtMs(), now))
        .time("Accept by", TimeText.of(session.acceptByMs(), now))
        .time("Started", TimeText.of(session.startedAtMs(), now))
        .time("Last seen", TimeText.of(session.lastSignMs(), now))
        .time(
            RunningSessionAct.stopping(session) ? "Told to stop" : "Ended",
            TimeText.of(session.endedAtMs(), now))
        .text("Cost", session.costMicroUsd() == 0 ? null : Formats.usd(session.costMicroUsd()))
        .text("Tool calls", tools == null ? null : Formats.count(tools.count()))
        .text("Last tool", tools == null ? null : tools.lastName())
        .text("Lost claims", session.attempts() == 0 ? null : Formats.count(session.attempts()))
        .text("Nacks", session.nacks() == 0 ? null : Formats.count(session.nacks(), "time"))
        .list();
  }

  private static String shown(SortedMap<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(", "));
  }

  private static List<TimelineRow> timeline(List<Event> events, Visit visit) {
    List<TimelineRow> rows = new ArrayList<>();
    long before = 0;
    for (Event event : events) {
      rows.add(TimelineRow.of(event, before, visit));
      before = event.atMs();
    }
    return latest(rows);
  }

  private static <T> List<T> latest(List<T> oldestFirst) {
    List<T> turned = new ArrayList<>(oldestFirst);
    Collections.reverse(turned);
    return List.copyOf(turned);
  }
}
