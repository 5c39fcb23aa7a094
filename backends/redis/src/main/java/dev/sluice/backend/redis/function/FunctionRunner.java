package dev.sluice.backend.redis.function;

import dev.sluice.backend.AnswerNumbers;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

public final class FunctionRunner {

  private static final Logger LOG = LoggerFactory.getLogger(FunctionRunner.class);

  /** Bounds how long other callers wait behind a request. */
  private static final int BATCH = 100;

  private final RedisCalls calls;
  private final Schema schema;
  private final FunctionSender sender;
  private final AnswerNumbers numbers;
  private final String process = Long.toUnsignedString(new SecureRandom().nextLong(), 36);
  private final AtomicLong lastCall = new AtomicLong();
  private final CallLanes lanes;

  public FunctionRunner(RedisCalls calls, Schema schema, AnswerNumbers numbers) {
    this.calls = calls;
    this.schema = schema;
    this.numbers = numbers;
    sender = schema.sender();
    lanes = new CallLanes(this::answers, calls.answerMs());
  }

  /** The time comes before the arguments. */
  public record Run(String org, List<String> arguments) {

    public Run {
      arguments = List.copyOf(arguments);
    }

    public static Run of(String org, String... arguments) {
      return new Run(org, List.of(arguments));
    }

    /** Adds the arguments of {@code rules/audit.lua}; without a note no line is written. */
    public Run audited(@Nullable AuditNote note, AuditAct act) {
      List<String> all = new ArrayList<>(arguments);
      all.add(note == null ? "" : Text.name(note.actor()));
      all.add(Text.name(act.verb()));
      all.add(Text.name(act.object()));
      all.add(Text.name(act.detail()));
      all.add(note == null ? "" : note.reason());
      return new Run(org, all);
    }
  }

  /**
   * @param about the session, worker, job, project, stop or org of the call
   * @return a reply of status OK
   * @throws RefusedException for any other status
   * @throws BackendUnavailableException if no answer came, or Redis can't serve
   */
  public Reply run(LuaFunction function, String about, Run run) {
    Text.name(about);
    schema.check(Keys.org(run.org()));
    Call call = call(function, run);
    Object answer = isShared(call) ? lanes.answer(call) : answers(List.of(call)).get(0);
    if (function.frees() && isFull(answer)) {
      answer = answerWhenFull(call);
    }
    if (answer instanceof JedisDataException error) {
      throw failureOf(error);
    }
    return accepted((Reply) answer, about, run.org());
  }

  private Call call(LuaFunction function, Run run) {
    String id = function.takesCall() ? newId() + ' ' + content(function, run) : null;
    return new Call(function, run, id);
  }

  private static boolean isShared(Call call) {
    return call.function().changesOrg() && !call.isLarge();
  }

  /** The replies to calls of one step, or their errors. */
  private List<Object> answers(List<Call> group) {
    FunctionLibrary library = schema.library();
    CommandArguments request = Call.request(library, schema.timeArgument(), group);
    boolean again = group.get(0).function().again();
    try {
      Object answer =
          sender.send(library, request, again, some -> Call.areAnswers(some, group.size()));
      return replies(library, request, answer, group.size());
    } catch (JedisDataException e) {
      return new ArrayList<>(Collections.nCopies(group.size(), e));
    }
  }

  private List<Object> replies(
      FunctionLibrary library, CommandArguments request, Object answer, int calls) {
    if (!(answer instanceof RuntimeException) && !Call.areAnswers(answer, calls)) {
      return Collections.nCopies(calls, sender.unexpected(library, request));
    }
    List<Object> replies = new ArrayList<>(calls);
    for (Object one : Call.answers(answer, calls)) {
      replies.add(
          one instanceof RuntimeException
              ? one
              : new Reply(one, () -> sender.unexpected(library, request)));
    }
    return replies;
  }

  private Object answerWhenFull(Call call) {
    FunctionLibrary library = schema.library();
    CommandArguments request = Call.requestWhenFull(library, schema.timeArgument(), call);
    try {
      Object answer = sender.send(library, request, call.function().again(), Reply::isReply);
      return replies(library, request, answer, 1).get(0);
    } catch (JedisDataException e) {
      return e;
    }
  }

  /** True for the answer of a full Redis. Nothing was carried out. */
  private static boolean isFull(Object answer) {
    return answer instanceof JedisDataException error
        && String.valueOf(error.getMessage()).startsWith("OOM ");
  }

  private String newId() {
    return process + '-' + Long.toString(lastCall.incrementAndGet(), 36);
  }

  /** Tells a call from another one with its id. */
  private static String content(LuaFunction function, Run run) {
    return Integer.toHexString(31 * function.name().hashCode() + run.arguments().hashCode());
  }

  /** Runs a function that belongs to no org. */
  public Object runForAll(LuaFunction function, List<String> keys, List<String> arguments) {
    schema.check();
    FunctionLibrary library = schema.library();
    CommandArguments command =
        FunctionSender.command(library, function.functionName(), keys.size());
    keys.forEach(command::key);
    arguments.forEach(command::add);
    try {
      return sender.send(library, command, function.again(), answer -> answer instanceof Long);
    } catch (JedisDataException e) {
      throw Failures.of(e);
    }
  }

  /** The command may run twice. */
  public @Nullable Object send(CommandArguments command) {
    schema.check();
    try {
      return calls.send(command, true);
    } catch (JedisDataException e) {
      throw Failures.of(e);
    }
  }

  /** Stores unless the key has a value; returns the stored one. */
  public String setOnce(String key, String value) {
    schema.check();
    List<Object> replies =
        calls.sendAll(
            List.of(
                new CommandArguments(Command.SETNX).key(key).add(value),
                new CommandArguments(Command.GET).key(key)));
    for (Object reply : replies) {
      if (reply instanceof JedisDataException error) {
        throw Failures.of(error);
      }
    }
    return Reply.text(replies.get(1));
  }

  /**
   * Runs in order, in few requests.
   *
   * @return for each run a {@link Reply} of any status, or the exception that it failed with
   */
  public List<Object> runAll(LuaFunction function, List<Run> runs) {
    runs.stream().map(Run::org).distinct().forEach(org -> schema.check(Keys.org(org)));
    List<Object> results = new ArrayList<>(runs.size());
    for (int from = 0; from < runs.size(); from += BATCH) {
      results.addAll(runBatch(function, runs.subList(from, Math.min(from + BATCH, runs.size()))));
    }
    return results;
  }

  /**
   * Returns the refusal of one item of a call.
   *
   * @param failure of its run
   * @throws RuntimeException the failure, if it is one of the whole call
   */
  public static Refusal refusalOfOne(Object failure) {
    if (failure instanceof RefusedException refused && refused.refusal() != Refusal.CLOSED) {
      return refused.refusal();
    }
    throw (RuntimeException) failure;
  }

  private List<Object> runBatch(LuaFunction function, List<Run> runs) {
    FunctionLibrary library = schema.library();
    List<List<Call>> groups = Call.groups(runs.stream().map(run -> call(function, run)).toList());
    List<CommandArguments> requests =
        groups.stream().map(group -> Call.request(library, schema.timeArgument(), group)).toList();
    List<Object> answers = sender.sendAll(library, requests, function.again(), Call::areAnswers);
    List<Object> results = new ArrayList<>(runs.size());
    for (int i = 0; i < groups.size(); i++) {
      List<Call> group = groups.get(i);
      if (function.frees() && isFull(answers.get(i))) {
        group.forEach(call -> results.add(answerWhenFull(call)));
      } else {
        results.addAll(replies(library, requests.get(i), answers.get(i), group.size()));
      }
    }
    results.replaceAll(this::numbered);
    return results;
  }

  private Object numbered(Object result) {
    if (result instanceof Reply reply) {
      numbers.answered(reply.seq());
    }
    return result instanceof JedisDataException error ? failureOf(error) : result;
  }

  private RuntimeException failureOf(JedisDataException error) {
    Failures.numberOf(error).ifPresent(numbers::answered);
    return Failures.of(error);
  }

  /**
   * @param result of {@link #runAll}
   */
  public Reply acceptedOf(Object result, String org) {
    if (result instanceof RuntimeException failure) {
      throw failure;
    }
    return accepted((Reply) result, org, org);
  }

  private Reply accepted(Reply reply, String about, String org) {
    numbers.answered(reply.seq());
    String status = reply.status();
    if (status.equals("OK")) {
      return reply;
    }
    Refusal refusal = Refusal.valueOf(status);
    String named = reply.size() > 0 ? reply.text(0) : "";
    String id = named.isEmpty() ? about : named;
    if (refusal == Refusal.DAMAGED) {
      noteDamage(org, id);
    }
    throw switch (refusal) {
      case NOT_OWNER -> RefusedException.notOwner(about, Text.orNull(named));
      case WRONG_STATE -> SessionState.valueOf(reply.text(1)).refusal(about, Place.valueOf(named));
      default -> RefusedException.of(refusal, id);
    };
  }

  /** Records damage for the health check, since a script that refuses writes nothing. */
  public void noteDamage(String org, String sessionId) {
    String now = String.valueOf(schema.nowMs());
    try {
      calls.sendAll(
          List.of(
              new CommandArguments(Command.ZADD).key(Keys.damaged(org)).add(now).add(sessionId),
              new CommandArguments(Command.ZREMRANGEBYRANK)
                  .key(Keys.damaged(org))
                  .add(0)
                  .add(-101)));
    } catch (BackendUnavailableException e) {
      LOG.warn(
          "damaged record of session {} in org {}, not noted: {}", sessionId, org, e.toString());
    }
  }
}
