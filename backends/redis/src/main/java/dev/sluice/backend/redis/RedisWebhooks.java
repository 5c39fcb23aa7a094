package dev.sluice.backend.redis;

import dev.sluice.backend.Names;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.Keys;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.function.OrgList;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.webhooks.StoredWebhook;
import dev.sluice.backend.webhooks.Webhooks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

final class RedisWebhooks implements Webhooks {

  private final FunctionRunner scripts;
  private final OrgList orgs;

  RedisWebhooks(FunctionRunner scripts, OrgList orgs) {
    this.scripts = scripts;
    this.orgs = orgs;
  }

  @Override
  public List<String> orgs() {
    return Reply.texts(scripts.send(new CommandArguments(Command.SMEMBERS).key(Keys.WEBHOOK_ORGS)));
  }

  @Override
  public List<StoredWebhook> list(String org) {
    List<String> pairs =
        Reply.texts(scripts.send(new CommandArguments(Command.HGETALL).key(Keys.webhooksOf(org))));
    List<StoredWebhook> webhooks = new ArrayList<>();
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      webhooks.add(read(pairs.get(i), pairs.get(i + 1)));
    }
    webhooks.sort(Comparator.comparing(StoredWebhook::id, Names::compareBytes));
    return List.copyOf(webhooks);
  }

  @Override
  public Optional<StoredWebhook> find(String org, String id) {
    return Optional.ofNullable(
            scripts.send(
                new CommandArguments(Command.HGET).key(Keys.webhooksOf(org)).add(Text.name(id))))
        .map(stored -> read(id, Reply.text(stored)));
  }

  private static StoredWebhook read(String id, String stored) {
    int space = stored.indexOf(' ');
    return new StoredWebhook(
        id, Long.parseLong(stored.substring(0, space)), stored.substring(space + 1));
  }

  @Override
  public boolean add(String org, String id, String text) {
    orgs.add(org);
    return put(org, id, "0", text);
  }

  @Override
  public boolean replace(String org, StoredWebhook before, String text) {
    return put(org, before.id(), Long.toString(before.version()), text);
  }

  @Override
  public boolean remove(String org, String id) {
    return put(org, id, "", "");
  }

  private boolean put(String org, String id, String version, String text) {
    Object done =
        scripts.runForAll(
            LuaFunction.PUT_WEBHOOK,
            List.of(Keys.webhooksOf(org), Keys.WEBHOOK_ORGS),
            List.of(org, Text.name(id), version, text, Integer.toString(MAX)));
    return Long.valueOf(1).equals(done);
  }
}
