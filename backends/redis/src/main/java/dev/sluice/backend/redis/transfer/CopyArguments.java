package dev.sluice.backend.redis.transfer;

import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.redis.reply.LineWriter;
import dev.sluice.backend.redis.reply.MessageContent;
import dev.sluice.backend.redis.reply.StopOrderText;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.transfer.JobCopy;
import dev.sluice.backend.transfer.MessageCopy;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.WorkerCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code import.lua} behind the closure, the kind first. */
public final class CopyArguments {

  /** Most activities of a run. */
  private static final int ACTIVITIES = 20;

  /** Most sessions of a run, and about most of its characters: others wait for it. */
  private static final int SESSIONS = 25;

  private static final int CHARACTERS = 64 * 1024;

  private CopyArguments() {}

  /**
   * Returns the arguments of each run, in order. Keys are stored elsewhere.
   *
   * @param node this one, which goes on with the sweeps
   */
  public static List<List<String>> of(List<OrgRecord> records, String node) {
    List<List<String>> runs = new ArrayList<>();
    OrgRecord.@Nullable Told before = null;
    int together = 0;
    Sessions sessions = new Sessions();
    for (OrgRecord record : records) {
      if (record instanceof SessionCopy session) {
        sessions.add(session, runs);
        before = null;
        continue;
      }
      sessions = new Sessions();
      if (record instanceof OrgRecord.Told told) {
        boolean joins =
            before != null && before.sessionId().equals(told.sessionId()) && together < ACTIVITIES;
        if (!joins) {
          runs.add(new ArrayList<>(List.of("told", Text.name(told.sessionId()))));
          together = 0;
        }
        runs.get(runs.size() - 1).addAll(activity(told));
        together++;
        before = told;
      } else {
        runs.add(one(record, node));
        before = null;
      }
    }
    return runs;
  }

  public static int characters(List<String> arguments) {
    int characters = 0;
    for (String argument : arguments) {
      characters += argument.length();
    }
    return characters;
  }

  /** Sessions that follow each other. */
  private static final class Sessions {

    private List<String> run = List.of();
    private int count;
    private int characters;

    void add(SessionCopy session, List<List<String>> runs) {
      List<String> arguments = SessionArguments.of(session);
      int more = characters(arguments);
      if (count % SESSIONS == 0 || characters + more > CHARACTERS) {
        run = new ArrayList<>(List.of("sessions"));
        runs.add(run);
        count = 0;
        characters = 0;
      }
      run.add(String.valueOf(arguments.size()));
      run.addAll(arguments);
      count++;
      characters += more;
    }
  }

  private static List<String> activity(OrgRecord.Told told) {
    return texts(told.id(), told.atMs(), Text.name(told.kind()), told.body());
  }

  private static List<String> one(OrgRecord record, String node) {
    if (record instanceof WorkerCopy worker) {
      return of("worker", WorkerArguments.of(worker, node));
    } else if (record instanceof MessageCopy message) {
      return message(message);
    } else if (record instanceof JobCopy job) {
      return job(job);
    } else if (record instanceof OrgRecord.Numbers numbers) {
      return numbers(numbers, node);
    }
    return small((OrgRecord.Small) record);
  }

  private static List<String> small(OrgRecord.Small record) {
    if (record instanceof OrgRecord.Logged logged) {
      return texts("logged", logged.latest());
    } else if (record instanceof OrgRecord.Revoked revoked) {
      return texts("revoked", Text.name(revoked.keyId()));
    } else if (record instanceof OrgRecord.Project project) {
      return project(project);
    } else if (record instanceof OrgRecord.Acked acked) {
      List<String> lines = acked.messages().stream().map(LineWriter::acked).toList();
      return of("acked", of(Text.name(acked.sessionId()), lines));
    } else if (record instanceof OrgRecord.Stop stop) {
      String id = Text.name(stop.order().id());
      return texts("stop", id, stop.order().atMs(), StopOrderText.of(stop.order()));
    } else if (record instanceof OrgRecord.Answer answer) {
      return answer(answer);
    } else if (record instanceof OrgRecord.Audited audited) {
      String actor = Text.name(audited.line().actor());
      return texts("audit", audited.line().id(), actor, LineWriter.audit(audited.line()));
    }
    throw new IllegalArgumentException(record.getClass().getSimpleName());
  }

  private static List<String> numbers(OrgRecord.Numbers numbers, String node) {
    return texts(
        "numbers",
        numbers.seq(),
        numbers.token(),
        numbers.nowMs(),
        numbers.lastSweepMs(),
        numbers.gapEndMs(),
        numbers.frontMs(),
        numbers.excusedMs(),
        Text.name(node));
  }

  private static List<String> project(OrgRecord.Project project) {
    Pause pause = project.pause();
    return texts(
        "project",
        Text.name(project.name()),
        orEmpty(project.limits().maxConcurrent()),
        orEmpty(project.limits().dailyBudgetMicroUsd()),
        project.spentMicroUsd(),
        project.spentDay(),
        pause == null ? "-" : pause.untilMs(),
        pause == null
            ? ""
            : pause.sinceMs() + unit() + Text.name(pause.actor()) + unit() + pause.reason());
  }

  private static List<String> message(MessageCopy message) {
    String lane = message.lane().wire();
    String content =
        new MessageContent(message.kind(), message.lane(), message.userId(), message.userName())
            .with(message.payload());
    String session = Text.name(message.sessionId());
    String id = Text.name(message.id());
    if (message.archivedAtMs() > 0) {
      return texts(
          "archived", session, id, lane, content, message.hiddenUntilMs(), message.archivedAtMs());
    }
    return texts(
        "message",
        session,
        id,
        message.seq(),
        lane,
        content,
        message.kind() == MessageType.NUDGE ? 1 : 0,
        message.hiddenUntilMs(),
        Text.orEmpty(message.offeredTo()),
        message.kind() == MessageType.STOP ? 1 : 0);
  }

  private static List<String> job(JobCopy job) {
    return texts(
        "job",
        Text.name(job.id()),
        Text.name(job.contentHash()),
        job.item(),
        job.state().name(),
        job.offers(),
        Text.orEmpty(job.workerId()),
        job.createdAtMs(),
        job.updatedAtMs(),
        job.seq(),
        job.offeredUntilMs(),
        job.held() ? 1 : 0);
  }

  private static List<String> answer(OrgRecord.Answer answer) {
    SessionState state = answer.state();
    String id = Text.name(answer.id());
    return texts(
        "answer",
        Text.name(answer.key()),
        answer.part(),
        Text.name(answer.bodyHash()),
        answer.untilMs(),
        state == null
            ? id
            : id
                + unit()
                + (answer.duplicate() ? 1 : 0)
                + unit()
                + state.name()
                + unit()
                + answer.position());
  }

  private static String unit() {
    return String.valueOf(Text.UNIT);
  }

  private static Object orEmpty(@Nullable Object number) {
    return number == null ? "" : number;
  }

  private static List<String> of(String first, List<String> rest) {
    List<String> all = new ArrayList<>(rest.size() + 1);
    all.add(first);
    all.addAll(rest);
    return all;
  }

  private static List<String> texts(Object... values) {
    return Stream.of(values).map(String::valueOf).collect(Collectors.toList());
  }
}
