package dev.sluice.backend.redis.script;

import dev.sluice.backend.redis.connection.RedisCalls;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** Sends a script by its hash, and loads it if the server doesn't know it. */
record ScriptSender(RedisCalls calls) {

  static CommandArguments command(LoadedScript script, int keys) {
    return new CommandArguments(Command.EVALSHA).add(script.sha()).add(keys);
  }

  Object send(LoadedScript script, CommandArguments command, boolean again) {
    try {
      try {
        return calls.send(command, again);
      } catch (JedisNoScriptException e) {
        load(script, command);
        return calls.send(command, again);
      }
    } catch (JedisDataException e) {
      throw Failures.of(e);
    }
  }

  /**
   * @param missed its key decides where
   */
  void load(LoadedScript script, CommandArguments missed) {
    calls.sendWhere(
        missed, new CommandArguments(Command.SCRIPT).add("LOAD").add(script.text()), true);
  }
}
