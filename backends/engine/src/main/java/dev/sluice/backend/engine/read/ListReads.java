package dev.sluice.backend.engine.read;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.engine.read.QueueReads.FindQueue;
import dev.sluice.backend.engine.records.IssueNumber;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.state.Bucket;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.engine.state.RankedSet;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class ListReads {

  private ListReads() {}

  public record ListWork(String project, Place place, @Nullable Cursor after, int limit)
      implements ReadOperation<ListedSessions> {

    @Override
    public ListedSessions run(ReadStep step) {
      return ListedSessions.of(step, keys(step, project, place, after, limit));
    }

    static KeyedPage keys(
        ReadStep step, String project, Place place, @Nullable Cursor after, int limit) {
      ProjectWork known = step.state().work().project(project);
      if (known == null) {
        return KeyedPage.EMPTY;
      }
      return place == Place.READY
          ? KeyedPage.merged(known.buckets().stream().map(Bucket::items).toList(), after, limit)
          : KeyedPage.up(known.list(place), after, limit);
    }
  }

  public record ListStandings(String project, Place place, @Nullable Cursor after, int limit)
      implements ReadOperation<ListStandings.Answer> {

    public record Answer(List<Entry> entries, @Nullable Cursor next, ProjectQueue queue) {}

    public record Entry(
        PositionedSession session, @Nullable String behind, boolean behindClaimed) {}

    @Override
    public Answer run(ReadStep step) {
      KeyedPage page = ListWork.keys(step, project, place, after, limit);
      List<Entry> entries = new ArrayList<>(page.keys().size());
      @Nullable Cursor next = page.next();
      long bytes = 0;
      @Nullable Cursor last = null;
      for (Cursor key : page.keys()) {
        SessionRecord session = step.indexed(key.name());
        if (session != null) {
          bytes += session.fieldBytes();
          if (last != null && bytes > Page.MAX_BYTES) {
            next = last;
            break;
          }
          last = key;
          FirstOfIssue first = FirstOfIssue.of(step, session);
          entries.add(new Entry(step.view(session), first.id(), first.claimed()));
        }
      }
      return new Answer(entries, next, FindQueue.show(step, project));
    }
  }

  /**
   * @param project null for the whole org
   */
  public record ListSessions(
      @Nullable String project, Place place, @Nullable Cursor after, int limit)
      implements ReadOperation<ListedSessions> {

    @Override
    public ListedSessions run(ReadStep step) {
      return ListedSessions.of(step, keys(step, project, place, after, limit));
    }

    static KeyedPage keys(
        ReadStep step, @Nullable String project, Place place, @Nullable Cursor after, int limit) {
      RankedSet set =
          project == null ? all(step.state(), place) : ofProject(step.state(), project, place);
      return place == Place.CLAIMED
          ? KeyedPage.up(set, after, limit)
          : KeyedPage.down(set, after, limit);
    }

    private static RankedSet all(OrgState org, Place place) {
      return switch (place) {
        case CLAIMED -> org.claimed();
        case DEAD -> org.dead();
        default -> org.ended();
      };
    }

    private static @Nullable RankedSet ofProject(OrgState org, String project, Place place) {
      ProjectWork known = org.work().project(project);
      return known == null ? null : known.list(place);
    }
  }

  /** May list some of other issues. */
  public record ListOfIssue(String issueIdentifier, @Nullable Cursor after, int limit)
      implements ReadOperation<ListedSessions> {

    @Override
    public ListedSessions run(ReadStep step) {
      return ListedSessions.of(
          step,
          KeyedPage.equal(
              step.state().issueNumbers(), IssueNumber.of(issueIdentifier), after, limit));
    }
  }

  public record ListClaims(@Nullable String project, @Nullable Cursor after, int limit)
      implements ReadOperation<ListClaims.Answer> {

    public record Answer(List<Claim> claims, @Nullable Cursor next) {}

    @Override
    public Answer run(ReadStep step) {
      KeyedPage page = ListSessions.keys(step, project, Place.CLAIMED, after, limit);
      List<Claim> claims = new ArrayList<>(page.ids().size());
      for (String id : page.ids()) {
        SessionRecord session = step.indexed(id);
        if (session != null) {
          claims.add(PositionedSession.claim(session));
        }
      }
      return new Answer(claims, page.next());
    }
  }
}
