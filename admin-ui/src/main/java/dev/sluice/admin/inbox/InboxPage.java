package dev.sluice.admin.inbox;

import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Lists;
import dev.sluice.admin.web.PageException;
import dev.sluice.admin.web.SessionNames;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.sessions.Inboxes;
import dev.sluice.backend.sessions.Sessions;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Path("admin/inbox")
public record InboxPage(Shell shell, Inboxes inboxes, Sessions sessions) {

  @GET
  public Response page(
      @Context ContainerRequestContext request,
      @QueryParam("lane") @Nullable String lane,
      @QueryParam("cursor") @Nullable String cursor) {
    return shell.answer(
        request, Section.INBOX, visit -> content(visit, lane(visit, lane), Lists.cursor(cursor)));
  }

  private static Lane lane(Visit visit, @Nullable String word) {
    if (word == null || word.isEmpty()) {
      return Lane.URGENT;
    }
    return Stream.of(Lane.values())
        .filter(lane -> lane.wire().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                PageException.badRequest(
                    "No such lane.", visit.links().to(Section.INBOX.path()), "Go to the inbox"));
  }

  private Content content(Visit visit, Lane lane, @Nullable Cursor at) {
    Page<Message> page = inboxes.unacknowledged(visit.org(), lane, at, Lists.SIZE);
    InboxCounts counts = inboxes.counts(visit.org());
    Pager pager =
        Lists.pager(
            at,
            page,
            next -> visit.links().to(Section.INBOX.path(), "lane", lane.wire(), "cursor", next));
    InboxView.Answers answers =
        new InboxView.Answers(
            lane,
            page.items(),
            counts,
            SessionNames.of(page.items().stream().map(Message::sessionId), sessions, visit),
            visit.reading().fleet());
    return Content.of(
        Section.INBOX, "inbox", InboxView.of(answers, pager, visit.links(), visit.now()));
  }
}
