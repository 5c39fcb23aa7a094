package dev.sluice.backend.redis.script;

import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.reply.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** The list of orgs, which sweeps go through. An org is on it before anything of it is stored. */
public final class OrgList {

  private final RedisCalls calls;
  private final Schema schema;

  /** Those that this node has put there: one request an org and node. */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  public OrgList(RedisCalls calls, Schema schema) {
    this.calls = calls;
    this.schema = schema;
  }

  /** Puts an org on the list. */
  public void add(String org) {
    if (!known.contains(org)) {
      Keys.org(org);
      schema.check();
      send(new CommandArguments(Command.SADD).key(Keys.ORGS).add(org));
      known.add(org);
    }
  }

  /** All orgs. Those of this node are put there again, should the store have lost them. */
  public List<String> all() {
    schema.check();
    Set<String> orgs =
        new HashSet<>(
            Reply.texts((List<?>) send(new CommandArguments(Command.SMEMBERS).key(Keys.ORGS))));
    for (String org : known) {
      if (orgs.add(org)) {
        send(new CommandArguments(Command.SADD).key(Keys.ORGS).add(org));
      }
    }
    return new ArrayList<>(orgs);
  }

  private Object send(CommandArguments command) {
    try {
      return calls.send(command, true);
    } catch (JedisDataException e) {
      throw Failures.of(e);
    }
  }
}
