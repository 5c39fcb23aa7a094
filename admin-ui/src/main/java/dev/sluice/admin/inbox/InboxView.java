package dev.sluice.admin.inbox;

import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.Tab;
import dev.sluice.admin.view.TimeText;
import dev.sluice.admin.web.SessionNames;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.workers.Worker;
import dev.sluice.fleet.FleetSnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

public record InboxView(
    List<Tab> tabs, Rows<UnreadRow> table, Pager pager, @Nullable TimeText oldest) {

  public record Answers(
      Lane lane,
      List<Message> messages,
      InboxCounts counts,
      SessionNames names,
      @Nullable FleetSnapshot fleet) {}

  public static InboxView of(Answers answers, Pager pager, Links links, long now) {
    FleetSnapshot fleet = answers.fleet();
    Map<String, Worker> holders = holders(answers.messages(), fleet);
    boolean urgent = answers.lane() == Lane.URGENT;
    return new InboxView(
        tabs(answers, links),
        new Rows<>(
            answers.messages().stream()
                .map(
                    message ->
                        UnreadRow.of(
                            message,
                            answers.names().of(message.sessionId()),
                            holders.get(message.sessionId()),
                            fleet,
                            links,
                            now))
                .toList()),
        pager,
        TimeText.of(
            urgent ? answers.counts().oldestUrgentMs() : answers.counts().oldestNormalMs(), now));
  }

  private static List<Tab> tabs(Answers answers, Links links) {
    InboxCounts counts = answers.counts();
    return Stream.of(Lane.values())
        .map(
            lane ->
                new Tab(
                    lane.wire(),
                    links.to(Section.INBOX.path(), "lane", lane.wire()),
                    Formats.count(lane == Lane.URGENT ? counts.urgent() : counts.normal()),
                    lane == answers.lane()))
        .toList();
  }

  private static Map<String, Worker> holders(
      List<Message> messages, @Nullable FleetSnapshot fleet) {
    if (fleet == null || messages.isEmpty()) {
      return Map.of();
    }
    Set<String> wanted = messages.stream().map(Message::sessionId).collect(Collectors.toSet());
    Map<String, Worker> holders = new HashMap<>();
    for (Worker worker : fleet.workers()) {
      Set<String> held = new HashSet<>(worker.activeSessions());
      held.retainAll(wanted);
      held.forEach(session -> holders.put(session, worker));
    }
    return holders;
  }
}
