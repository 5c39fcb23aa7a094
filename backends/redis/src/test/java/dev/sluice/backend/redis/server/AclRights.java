package dev.sluice.backend.redis.server;

import java.util.ArrayList;
import java.util.List;

/** The rights that Sluice needs in Redis: its own keys, and the commands below. */
public final class AclRights {

  public static final List<String> COMMANDS =
      List.of(
          "del",
          "exists",
          "fcall",
          "function|delete",
          "function|list",
          "function|load",
          "get",
          "getrange",
          "hdel",
          "hget",
          "hgetall",
          "hincrby",
          "hkeys",
          "hlen",
          "hmget",
          "hset",
          "hsetnx",
          "hstrlen",
          "hvals",
          "info",
          "lindex",
          "llen",
          "lrange",
          "ltrim",
          "mget",
          "mset",
          "pexpire",
          "ping",
          "psubscribe",
          "publish",
          "rename",
          "rpush",
          "sadd",
          "set",
          "setnx",
          "sismember",
          "smembers",
          "strlen",
          "time",
          "type",
          "unlink",
          "zadd",
          "zcard",
          "zcount",
          "zlexcount",
          "zpopmin",
          "zrange",
          "zrangebylex",
          "zrangebyscore",
          "zrem",
          "zremrangebyrank",
          "zscore");

  private AclRights() {}

  public static String[] of(String password) {
    List<String> rules =
        new ArrayList<>(
            List.of(
                "reset", "on", ">" + password, "~{*}:*", "resetchannels", "&{*}:hints", "-@all"));
    COMMANDS.forEach(command -> rules.add("+" + command));
    return rules.toArray(String[]::new);
  }
}
