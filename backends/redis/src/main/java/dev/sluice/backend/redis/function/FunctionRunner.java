package dev.sluice.backend.redis.function;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
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
  private final Rules rules;
  private final String process = Long.toUnsignedString(new SecureRandom().nextLong(), 36);
  private final AtomicLong lastCall = new AtomicLong();
  private final CallLanes lanes;
  private volatile Latest latest;

  public FunctionRunner(RedisCalls calls, Schema schema, Rules rules) {
    this.calls = calls;
    this.schema = schema;
    this.rules = rules;
    sender = new FunctionSender(calls);
    latest = Latest.of(rules, schema.layouts());
    lanes = new CallLanes(this::answers, calls.timeoutMs());
  }

  /** The time comes before the arguments. */
  public record Run(String org, List<String> arguments) {

    public Run {
      arguments = List.copyOf(arguments);
    }

    public static Run of(String org, String... arguments) {
      return new Run(org, List.of(arguments));
    }

    /** Adds the arguments of {@code lib/audit.lua}; without a note no line is written. */
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
    Object answer = isShared(call) ? lanes.answer(call) : answer(call);
    if (function.frees() && isFull(answer)) {
      answer = answerOf(commandWhenFull(call), function.again());
    }
    if (answer instanceof JedisDataException error) {
      throw Failures.of(error);
    }
    return accepted(new Reply(answer), about, run.org());
  }

  private Call call(LuaFunction function, Run run) {
    String id = function.takesCall() ? newId() + ' ' + content(function, run) : null;
    return new Call(function, run, id);
  }

  private static boolean isShared(Call call) {
    return call.function().changesOrg() && !call.isLarge();
  }

  private Object answer(Call call) {
    return answers(List.of(call)).get(0);
  }

  /** The answers to calls of one step, or their errors. */
  private List<Object> answers(List<Call> calls) {
    CommandArguments request = Call.request(library(), schema.timeArgument(), calls);
    boolean again = calls.get(0).function().again();
    return Call.answers(answerOf(request, again), calls.size());
  }

  private Object answerOf(CommandArguments request, boolean again) {
    try {
      return sender.send(library(), request, again);
    } catch (JedisDataException e) {
      return e;
    }
  }

  private CommandArguments commandWhenFull(Call call) {
    CommandArguments command =
        FunctionSender.command(library(), call.function().nameWhenFull(), 1)
            .key(Keys.org(call.run().org()))
            .add(schema.timeArgument());
    call.addTo(command);
    return command;
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
    FunctionLibrary library = library();
    CommandArguments command =
        FunctionSender.command(library, function.functionName(), keys.size());
    keys.forEach(command::key);
    arguments.forEach(command::add);
    try {
      return sender.send(library, command, false);
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
    FunctionLibrary library = library();
    List<List<Call>> groups = Call.groups(runs.stream().map(run -> call(function, run)).toList());
    List<CommandArguments> requests =
        groups.stream()
            .map(group -> Call.request(library, schema.timeArgument(), group))
            .toList();
    List<Object> answers = new ArrayList<>(calls.sendAll(requests));
    if (answers.stream().anyMatch(FunctionSender::isMissing)) {
      sender.load(library, requests.get(0), false);
      again(answers, FunctionSender::isMissing, requests);
    }
    if (function.frees() && answers.stream().anyMatch(FunctionRunner::isFull)) {
      List<CommandArguments> whenFull =
          groups.stream().map(group -> commandWhenFull(group.get(0))).toList();
      again(answers, FunctionRunner::isFull, whenFull);
    }
    List<Object> replies = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      replies.addAll(Call.answers(answers.get(i), groups.get(i).size()));
    }
    replies.replaceAll(
        reply -> reply instanceof JedisDataException error ? Failures.of(error) : new Reply(reply));
    return replies;
  }

  /** Replaces the answers of which nothing was carried out. */
  private void again(
      List<Object> answers, Predicate<Object> refused, List<CommandArguments> requests) {
    int[] some =
        IntStream.range(0, answers.size()).filter(i -> refused.test(answers.get(i))).toArray();
    List<Object> second = calls.sendAll(Arrays.stream(some).mapToObj(requests::get).toList());
    for (int i = 0; i < some.length; i++) {
      answers.set(some[i], second.get(i));
    }
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
      case NOT_OWNER -> RefusedException.notOwner(about, Text.orNull(named), reply.seq());
      case WRONG_STATE ->
          RefusedException.wrongState(
              about, Place.valueOf(named), SessionState.valueOf(reply.text(1)), reply.seq());
      default -> RefusedException.of(refusal, id, reply.seq());
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

  /** Of the layout in force. */
  private FunctionLibrary library() {
    Latest known = latest;
    Layouts layouts = schema.layouts();
    if (!known.layouts().equals(layouts)) {
      known = Latest.of(rules, layouts);
      latest = known;
    }
    return known.library();
  }

  private record Latest(Layouts layouts, FunctionLibrary library) {

    static Latest of(Rules rules, Layouts layouts) {
      return new Latest(layouts, FunctionLibrary.of(rules, layouts));
    }
  }
}
