package dev.sluice.backend.redis;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.nodes.StoreNodes;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.function.Keys;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.function.NodeName;
import dev.sluice.backend.redis.function.OrgList;
import dev.sluice.backend.redis.function.Schema;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.store.StoreHealth;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.store.TimesAhead;
import dev.sluice.backend.store.Upkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

final class RedisUpkeep implements Upkeep {

  /** Steps in an org; the next sweep continues. */
  private static final int MAX_STEPS = 1_000;

  private static final String POLICY = "maxmemory_policy:";

  private static final List<CommandArguments> ASK_POLICY =
      List.of(
          new CommandArguments(Command.INFO).add("memory"),
          new CommandArguments(Command.CONFIG).add("GET").add("maxmemory-policy"));

  private final RedisCalls calls;
  private final Schema schema;
  private final FunctionRunner scripts;
  private final OrgList orgs;
  private final NodeName node;
  private final Rules.Bounds bounds;

  /** Failures of the last sweep by org. */
  private final Map<String, String> unswept = new ConcurrentHashMap<>();

  private final TimesAhead ahead = new TimesAhead();

  RedisUpkeep(
      RedisCalls calls,
      Schema schema,
      FunctionRunner scripts,
      OrgList orgs,
      NodeName node,
      Rules.Bounds bounds) {
    this.calls = calls;
    this.schema = schema;
    this.scripts = scripts;
    this.orgs = orgs;
    this.node = node;
    this.bounds = bounds;
  }

  @Override
  public List<String> orgs() {
    return orgs.all();
  }

  @Override
  public SweepResult sweepStep(String org) {
    schema.announce();
    Object answer = scripts.runAll(LuaFunction.SWEEP, List.of(run(org))).get(0);
    SweepResult result = result(org, answer);
    if (isOld(answer)) {
      raise(List.of(org));
    }
    return result;
  }

  /** Sweeps all orgs in few requests. */
  @Override
  public SweepResult sweep() {
    schema.announce();
    SweepResult all = SweepResult.NOTHING;
    Set<String> old = new TreeSet<>();
    List<String> left = orgs.all();
    for (int step = 0; step < MAX_STEPS && !left.isEmpty(); step++) {
      List<Object> results =
          scripts.runAll(LuaFunction.SWEEP, left.stream().map(this::run).toList());
      List<String> more = new ArrayList<>();
      for (int i = 0; i < left.size(); i++) {
        SweepResult one = result(left.get(i), results.get(i));
        all = all.and(one);
        if (one.more()) {
          more.add(left.get(i));
        }
        if (isOld(results.get(i))) {
          old.add(left.get(i));
        }
      }
      left = more;
    }
    raise(List.copyOf(old));
    return new SweepResult(
        all.leasesLost(),
        all.acceptsMissed(),
        all.released(),
        all.due(),
        all.pruned(),
        !left.isEmpty());
  }

  private Run run(String org) {
    return Run.of(org, node.current());
  }

  private SweepResult result(String org, Object answer) {
    if (answer instanceof Reply reply) {
      unswept.remove(org);
      ahead.note(org, reply.number(6));
      return new SweepResult(
          (int) reply.number(0),
          (int) reply.number(1),
          (int) reply.number(2),
          (int) reply.number(3),
          (int) reply.number(4),
          reply.flag(5));
    }
    noteFailure(org, answer);
    return SweepResult.NOTHING;
  }

  /** True if the answer to a sweep has an older layout than the one in force. */
  private boolean isOld(Object answer) {
    return answer instanceof Reply reply && reply.number(7) < schema.inForce();
  }

  private void raise(List<String> older) {
    int layout = schema.inForce();
    List<Run> runs =
        older.stream()
            .map(org -> Run.of(org, String.valueOf(layout)))
            .map(run -> run.audited(AuditNote.UPGRADE, AuditAct.raiseLayout(layout)))
            .toList();
    List<Object> results = scripts.runAll(LuaFunction.RAISE_LAYOUT, runs);
    for (int i = 0; i < runs.size(); i++) {
      noteFailure(older.get(i), results.get(i));
    }
  }

  /** A closed org has none. */
  private void noteFailure(String org, Object answer) {
    if (answer instanceof RefusedException refused) {
      if (refused.refusal() == Refusal.CLOSED) {
        unswept.remove(org);
      } else {
        unswept.put(org, String.valueOf(refused.getMessage()));
      }
    } else if (answer instanceof RuntimeException failure) {
      if (!Schema.tooOld(failure)) {
        throw failure;
      }
      unswept.put(org, String.valueOf(failure.getMessage()));
    }
  }

  @Override
  public Map<String, Long> timesAhead() {
    return ahead.all();
  }

  @Override
  public StoredTime setTime(String org, AuditNote note) {
    orgs.add(org);
    Reply first = setTime(org, note, "");
    Reply step = first;
    while (!step.text(2).isEmpty()) {
      step = setTime(org, note, step.text(2));
    }
    ahead.note(org, 0);
    return new StoredTime(first.number(0), first.number(1));
  }

  private Reply setTime(String org, AuditNote note, String step) {
    AuditAct act = AuditAct.setTime();
    return scripts.run(LuaFunction.SET_TIME, org, Run.of(org, step).audited(note, act));
  }

  @Override
  public Rules.Bounds bounds() {
    return bounds;
  }

  @Override
  public StoreNodes nodes() {
    return schema.nodes();
  }

  @Override
  public StoreHealth health() {
    List<String> problems = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    try {
      schema.checkNow();
      checkPolicy(problems, warnings);
      nameDamage(warnings);
    } catch (BackendUnavailableException | RefusedException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    warnings.addAll(schema.warnings());
    warnings.addAll(ahead.warnings());
    unswept.forEach((org, why) -> warnings.add("org " + org + " can't be swept: " + why));
    return new StoreHealth(problems, warnings);
  }

  /** An evicting server loses work. */
  private void checkPolicy(List<String> problems, List<String> warnings) {
    Set<String> policies = new TreeSet<>();
    calls.sendEverywhere(ASK_POLICY).forEach(replies -> policies.add(policy(replies)));
    policies.remove("noeviction");
    if (policies.remove("")) {
      warnings.add(
          "Redis doesn't let us see maxmemory-policy (INFO, CONFIG GET); make sure it is"
              + " noeviction");
    }
    for (String policy : policies) {
      problems.add(
          "maxmemory-policy is "
              + policy
              + ": Redis may throw work away when memory is short; set it to noeviction");
    }
  }

  /** Returns "" if we have no right to see it. */
  private static String policy(List<Object> replies) {
    if (!(replies.get(0) instanceof JedisDataException)) {
      return Reply.text(replies.get(0))
          .lines()
          .filter(line -> line.startsWith(POLICY))
          .map(line -> line.substring(POLICY.length()).strip())
          .findFirst()
          .orElse("");
    }
    return replies.get(1) instanceof List<?> pair && pair.size() == 2
        ? Reply.text(pair.get(1))
        : "";
  }

  private void nameDamage(List<String> warnings) {
    List<String> all = orgs.all();
    if (all.isEmpty()) {
      return;
    }
    List<Object> replies =
        calls.sendAll(
            all.stream()
                .map(
                    org ->
                        new CommandArguments(Command.ZRANGE).key(Keys.damaged(org)).add(0).add(-1))
                .toList());
    for (int i = 0; i < all.size(); i++) {
      if (replies.get(i) instanceof List<?> names) {
        for (String name : Reply.texts(names)) {
          warnings.add("damaged record: " + words(name) + " of org " + all.get(i));
        }
      }
    }
  }

  private static String words(String name) {
    return name.indexOf(Text.UNIT) < 0 ? "session " + name : name.replace(Text.UNIT, ' ');
  }
}
