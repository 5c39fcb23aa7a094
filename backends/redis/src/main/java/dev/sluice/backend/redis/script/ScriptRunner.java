package dev.sluice.backend.redis.script;

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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

public final class ScriptRunner {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptRunner.class);

  /** Bounds how long other callers wait behind a request. */
  private static final int BATCH = 100;

  private final RedisCalls calls;
  private final Schema schema;
  private final ScriptSender sender;
  private final Rules rules;
  private final String process = Long.toUnsignedString(new SecureRandom().nextLong(), 36);
  private final AtomicLong lastCall = new AtomicLong();
  private volatile LoadedScript.Shared scripts;

  public ScriptRunner(RedisCalls calls, Schema schema, Rules rules) {
    this.calls = calls;
    this.schema = schema;
    this.rules = rules;
    sender = new ScriptSender(calls);
    scripts = LoadedScript.shared(rules, schema.layouts());
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
  public Reply run(LuaScript script, String about, Run run) {
    Text.name(about);
    schema.check(Keys.org(run.org()));
    LoadedScript loaded = loaded(script);
    CommandArguments command = command(loaded, run);
    if (script.takesCall()) {
      command.add(newId() + ' ' + content(script, run));
    }
    boolean again = script.repeat() != LuaScript.Repeat.NEVER;
    return accepted(new Reply(sender.send(loaded, command, again)), about, run.org());
  }

  private String newId() {
    return process + '-' + Long.toString(lastCall.incrementAndGet(), 36);
  }

  /** Tells a call from another one with its id. */
  private static String content(LuaScript script, Run run) {
    return Integer.toHexString(31 * script.name().hashCode() + run.arguments().hashCode());
  }

  /** Runs a script that belongs to no org. */
  public Object runForAll(LuaScript script, List<String> keys, List<String> arguments) {
    schema.check();
    LoadedScript loaded = loaded(script);
    CommandArguments command = ScriptSender.command(loaded, keys.size());
    keys.forEach(command::key);
    arguments.forEach(command::add);
    return sender.send(loaded, command, false);
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
  public List<Object> runAll(LuaScript script, List<Run> runs) {
    runs.stream().map(Run::org).distinct().forEach(org -> schema.check(Keys.org(org)));
    List<Object> results = new ArrayList<>(runs.size());
    for (int from = 0; from < runs.size(); from += BATCH) {
      results.addAll(runBatch(script, runs.subList(from, Math.min(from + BATCH, runs.size()))));
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

  private List<Object> runBatch(LuaScript script, List<Run> runs) {
    LoadedScript loaded = loaded(script);
    List<CommandArguments> commands = runs.stream().map(run -> command(loaded, run)).toList();
    List<Object> replies = new ArrayList<>(calls.sendAll(commands));
    int[] missing =
        IntStream.range(0, replies.size())
            .filter(i -> replies.get(i) instanceof JedisNoScriptException)
            .toArray();
    if (missing.length > 0) {
      sender.load(loaded, commands.get(0));
      List<Object> second = calls.sendAll(Arrays.stream(missing).mapToObj(commands::get).toList());
      for (int i = 0; i < missing.length; i++) {
        replies.set(missing[i], second.get(i));
      }
    }
    replies.replaceAll(
        reply -> reply instanceof JedisDataException error ? Failures.of(error) : new Reply(reply));
    return replies;
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

  private CommandArguments command(LoadedScript script, Run run) {
    CommandArguments command =
        ScriptSender.command(script, 1).key(Keys.org(run.org())).add(schema.timeArgument());
    run.arguments().forEach(command::add);
    return command;
  }

  /** As of the layout in force. */
  private LoadedScript loaded(LuaScript script) {
    LoadedScript.Shared known = scripts;
    Layouts layouts = schema.layouts();
    if (!known.layouts().equals(layouts)) {
      known = LoadedScript.shared(rules, layouts);
      scripts = known;
    }
    return known.of(script);
  }
}
