package dev.sluice.backend.redis.function;

import dev.sluice.backend.redis.connection.RedisCalls;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Calls functions, and loads their library if the server doesn't have it. */
record FunctionSender(RedisCalls calls) {

  static CommandArguments command(FunctionLibrary library, String function, int keys) {
    return new CommandArguments(Command.FCALL).add(library.name() + '_' + function).add(keys);
  }

  /**
   * @param again true if the command may run twice
   * @throws JedisDataException if the answer was an error
   */
  Object send(FunctionLibrary library, CommandArguments command, boolean again) {
    try {
      return calls.send(command, again);
    } catch (JedisDataException e) {
      if (!isMissing(e)) {
        throw e;
      }
    }
    load(library, command, false);
    try {
      return calls.send(command, again);
    } catch (JedisDataException e) {
      if (!isMissing(e)) {
        throw e;
      }
    }
    // Another text stands under its name.
    load(library, command, true);
    return calls.send(command, again);
  }

  /** True for the answer to a function that the server doesn't have. Nothing was carried out. */
  static boolean isMissing(Object answer) {
    return answer instanceof JedisDataException error
        && String.valueOf(error.getMessage()).startsWith("ERR Function not found");
  }

  /**
   * @param missed its key decides where
   * @param replace false to leave a library of that name, which another node may just have loaded
   */
  void load(FunctionLibrary library, CommandArguments missed, boolean replace) {
    CommandArguments load = new CommandArguments(Command.FUNCTION).add("LOAD");
    if (replace) {
      load.add("REPLACE");
    }
    try {
      calls.sendWhere(missed, load.add(library.text()), true);
    } catch (JedisDataException e) {
      if (!String.valueOf(e.getMessage()).contains("already exists")) {
        throw e;
      }
    }
  }
}
