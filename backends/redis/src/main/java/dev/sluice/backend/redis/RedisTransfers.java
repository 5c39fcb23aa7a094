package dev.sluice.backend.redis;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.function.NodeName;
import dev.sluice.backend.redis.function.OrgList;
import dev.sluice.backend.redis.reply.ClosureText;
import dev.sluice.backend.redis.reply.CopyReader;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.redis.transfer.CopyArguments;
import dev.sluice.backend.transfer.OrgPage;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SecondStage;
import dev.sluice.backend.transfer.Transfers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code export.lua} reads, {@code import.lua} writes. Keys are stored apart from their org, so
 * they come from {@link RedisCredentials}.
 */
final class RedisTransfers implements Transfers {

  private static final Pattern CURSOR = Pattern.compile("[a-z-]+( [0-9]{1,12}){5}");

  private static final String FIRST = "numbers 0 0 0 0 0";
  private static final String KEYS = "keys 0 0 0 0 0";
  private static final String BEHIND_KEYS = "queues 0 0 0 0 0";

  /** Characters of the runs in a request: others wait for it. */
  private static final int REQUEST = 250_000;

  /** Records that become runs while Redis takes those before. */
  private static final int AT_ONCE = 250;

  private final FunctionRunner scripts;
  private final OrgList orgs;
  private final RedisCredentials credentials;
  private final NodeName node;

  RedisTransfers(
      FunctionRunner scripts, OrgList orgs, RedisCredentials credentials, NodeName node) {
    this.scripts = scripts;
    this.orgs = orgs;
    this.credentials = credentials;
    this.node = node;
  }

  @Override
  public Closure close(String org, NewClosure given, @Nullable AuditNote note) {
    orgs.add(org);
    long now = Long.parseLong(standing(org).text(0));
    Closure closure = ClosureText.closing(given, now);
    Reply reply =
        scripts.run(
            LuaFunction.CLOSE,
            org,
            Run.of(
                    org,
                    Text.name(closure.id()),
                    closure.purpose().name(),
                    String.valueOf(closure.untilMs()),
                    ClosureText.rest(closure))
                .audited(note, AuditAct.close(closure)));
    return ClosureText.since(closure, Long.parseLong(reply.text(0)));
  }

  @Override
  public boolean open(String org, String closureId, @Nullable AuditNote note) {
    Reply reply =
        scripts.run(
            LuaFunction.OPEN,
            org,
            Run.of(org, Text.name(closureId)).audited(note, AuditAct.open(closureId)));
    return reply.flag(0);
  }

  @Override
  public Optional<Closure> closure(String org) {
    Reply reply = standing(org);
    return reply.size() == 1 ? Optional.empty() : Optional.of(ClosureText.closure(reply, 1));
  }

  private Reply standing(String org) {
    return scripts.run(LuaFunction.CLOSURE, org, Run.of(org));
  }

  @Override
  public OrgPage read(String org, @Nullable String cursor) {
    if (KEYS.equals(cursor)) {
      return new OrgPage(List.copyOf(credentials.copies(org)), BEHIND_KEYS, List.of());
    }
    if (cursor != null && !CURSOR.matcher(cursor).matches()) {
      throw RefusedException.of(Refusal.BAD_CURSOR, "");
    }
    Reply reply =
        scripts.run(LuaFunction.EXPORT, org, Run.of(org, cursor == null ? FIRST : cursor));
    CopyReader reader = new CopyReader(Reply.texts(reply.list(1)));
    reply.list(0).forEach(entry -> reader.add((List<?>) entry));
    return new OrgPage(reader.records(), Text.orNull(reply.text(2)), reader.damaged());
  }

  @Override
  public void write(String org, String closureId, List<OrgRecord> records) {
    orgs.add(org);
    List<OrgRecord> some = new ArrayList<>();
    for (OrgRecord record : records) {
      if (record instanceof OrgRecord.StoredKey key) {
        write(org, closureId, key);
      } else {
        some.add(record);
      }
    }
    try (SecondStage sending = new SecondStage()) {
      for (int from = 0; from < some.size(); from += AT_ONCE) {
        List<OrgRecord> next = some.subList(from, Math.min(some.size(), from + AT_ONCE));
        send(org, closureId, CopyArguments.of(next, node.current()), sending);
      }
      sending.await();
    }
  }

  private void send(String org, String closureId, List<List<String>> runs, SecondStage sending) {
    List<Run> request = new ArrayList<>();
    int size = 0;
    for (List<String> arguments : runs) {
      int characters = CopyArguments.characters(arguments);
      if (size > 0 && size + characters > REQUEST) {
        List<Run> full = request;
        sending.begin(() -> run(org, full));
        request = new ArrayList<>();
        size = 0;
      }
      request.add(run(org, closureId, arguments));
      size += characters;
    }
    List<Run> rest = request;
    sending.begin(() -> run(org, rest));
  }

  private static Run run(String org, String closureId, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments.size() + 1);
    all.add(Text.name(closureId));
    all.addAll(arguments);
    return new Run(org, all);
  }

  private void run(String org, List<Run> runs) {
    for (Object result : scripts.runAll(LuaFunction.IMPORT, runs)) {
      scripts.acceptedOf(result, org);
    }
  }

  /** Notes it first, so that a discard finds it. */
  private void write(String org, String closureId, OrgRecord.StoredKey key) {
    boolean stored = credentials.has(org, key.hash());
    run(org, List.of(run(org, closureId, List.of("key", stored ? "" : Text.name(key.hash())))));
    if (!stored) {
      credentials.copy(org, key);
    }
  }

  @Override
  public boolean discardStep(String org, String closureId) {
    Reply reply = scripts.run(LuaFunction.DISCARD, org, Run.of(org, Text.name(closureId)));
    if (reply.flag(0)) {
      credentials.discardImported(org);
    }
    return reply.flag(0);
  }
}
