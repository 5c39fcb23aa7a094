package dev.sluice.backend.redis;

import java.util.ArrayList;
import java.util.List;

/** The rights that Sluice needs in Redis: its own keys, and the commands below. */
final class AclRights {

  static final List<String> COMMANDS =
      List.of(
          "del",
          "evalsha",
          "exists",
          "get",
          "getrange",
          "hdel",
          "hget",
          "hgetall",
          "hkeys",
          "hlen",
          "hmget",
          "hset",
          "hsetnx",
          "hvals",
          "info",
          "mget",
          "mset",
          "sadd",
          "script|load",
          "set",
          "setnx",
          "smembers",
          "time",
          "type",
          "unlink",
          "zadd",
          "zcard",
          "zlexcount",
          "zrange",
          "zrangebyscore",
          "zrem",
          "zremrangebyrank",
          "zscore");

  private AclRights() {}

  /** Rules of {@code ACL SETUSER}. */
  static String[] of(String password) {
    List<String> rules = new ArrayList<>(List.of("reset", "on", ">" + password, "~{*}:*", "-@all"));
    COMMANDS.forEach(command -> rules.add("+" + command));
    return rules.toArray(String[]::new);
  }
}
