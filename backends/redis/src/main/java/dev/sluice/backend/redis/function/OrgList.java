package dev.sluice.backend.redis.function;

import dev.sluice.backend.redis.reply.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** The orgs, for sweeps. An org is on the list before it stores anything. */
public final class OrgList {

  private final FunctionRunner scripts;

  /** Orgs added by this node: one request per org and node. */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  public OrgList(FunctionRunner scripts) {
    this.scripts = scripts;
  }

  public void add(String org) {
    if (!known.contains(org)) {
      Keys.org(org);
      scripts.send(new CommandArguments(Command.SADD).key(Keys.ORGS).add(org));
      known.add(org);
    }
  }

  /** Adds those of this node again if the store lost them. */
  public List<String> all() {
    Set<String> orgs =
        new HashSet<>(
            Reply.texts(scripts.send(new CommandArguments(Command.SMEMBERS).key(Keys.ORGS))));
    for (String org : known) {
      if (orgs.add(org)) {
        scripts.send(new CommandArguments(Command.SADD).key(Keys.ORGS).add(org));
      }
    }
    return new ArrayList<>(orgs);
  }
}
