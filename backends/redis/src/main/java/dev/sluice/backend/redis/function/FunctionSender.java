package dev.sluice.backend.redis.function;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.redis.reply.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Calls functions. Loads their library if the server doesn't have it, or has another one under its
 * name: then an answer is an error or a value that no function of ours gives.
 */
final class FunctionSender {

  /** Times that a call finds its library missing, which someone must have deleted again. */
  private static final int MAX_LOADS = 4;

  /** A failure of our own must not cost a check of the library at each call. */
  private static final long TRUST_NANOS = 1_000_000_000L;

  private static final CommandArguments ASK_VERSION =
      new CommandArguments(Command.INFO).add("server");

  private final RedisCalls calls;
  private final LoadedLibraries libraries;

  /** The time of the latest check that found the library as it should be. */
  private final AtomicLong soundNanos = new AtomicLong(System.nanoTime() - TRUST_NANOS);

  FunctionSender(RedisCalls calls, LoadedLibraries libraries) {
    this.calls = calls;
    this.libraries = libraries;
  }

  static CommandArguments command(FunctionLibrary library, String function, int keys) {
    return new CommandArguments(Command.FCALL).add(library.name() + '_' + function).add(keys);
  }

  /**
   * @param again true if the command may run twice
   * @param fits true for an answer that the function may give
   * @throws JedisDataException if the answer was an error
   * @throws BackendUnavailableException if no answer came, or none of our library
   */
  Object send(
      FunctionLibrary library, CommandArguments command, boolean again, Predicate<Object> fits) {
    for (int tries = 1; ; tries++) {
      Object answer = answer(command, again);
      if (isMissing(answer)) {
        if (tries > MAX_LOADS) {
          throw deletedAgain(answer);
        }
        libraries.restore(library, command);
      } else if (isOdd(answer, fits)) {
        boolean repeat = again && tries <= MAX_LOADS;
        boolean ours = !wasReplaced(library, command);
        // What the answer was checked against may have changed in between.
        if (!repeat || ours && tries > 1) {
          throw odd(answer, ours);
        }
      } else if (answer instanceof JedisDataException e) {
        throw e;
      } else {
        return answer;
      }
    }
  }

  private Object answer(CommandArguments command, boolean again) {
    try {
      return calls.send(command, again);
    } catch (JedisDataException e) {
      throwWithVersion(e, command);
      return e;
    }
  }

  private void throwWithVersion(JedisDataException e, CommandArguments command) {
    if (Failures.hasNoFunctions(e)) {
      throw Failures.noFunctions(version(command), e);
    }
  }

  /** Names the server of a command. */
  private String version(CommandArguments command) {
    try {
      Map<String, String> info = new HashMap<>();
      Reply.text(calls.sendWhere(command, ASK_VERSION, true))
          .lines()
          .map(line -> line.split(":", 2))
          .filter(field -> field.length == 2)
          .forEach(field -> info.put(field[0], field[1].strip()));
      if (info.containsKey("valkey_version")) {
        return "is Valkey " + info.get("valkey_version");
      }
      if (info.containsKey("redis_version")) {
        return "is Redis " + info.get("redis_version");
      }
    } catch (JedisDataException e) {
      // The user may not ask for the version.
    }
    return "has no functions";
  }

  /** True for the answer to a function that the server doesn't have. Nothing was carried out. */
  private static boolean isMissing(Object answer) {
    return answer instanceof JedisDataException error
        && String.valueOf(error.getMessage()).startsWith("ERR Function not found");
  }

  private static boolean isOdd(Object answer, Predicate<Object> fits) {
    return answer instanceof JedisDataException error ? Failures.isOdd(error) : !fits.test(answer);
  }

  private static BackendUnavailableException deletedAgain(Object answer) {
    return new BackendUnavailableException(
        "the library of functions on Redis is deleted again and again",
        false,
        (JedisDataException) answer);
  }

  /** The effect of another library's function is unknown. */
  private static RuntimeException odd(Object answer, boolean ours) {
    JedisDataException error =
        answer instanceof JedisDataException e
            ? e
            : new JedisDataException("an answer of another form");
    return ours
        ? Failures.of(error)
        : new BackendUnavailableException(
            "another library had the name of ours on Redis; ours is loaded again", true, error);
  }

  /** Returns the failure for an answer that isn't what the function gives. */
  RuntimeException unexpected(FunctionLibrary library, CommandArguments command) {
    return odd("", !wasReplaced(library, command));
  }

  /** True if the library is another one, and is loaded again, or was so lately. */
  private boolean wasReplaced(FunctionLibrary library, CommandArguments command) {
    try {
      long now = System.nanoTime();
      boolean trusted = now - soundNanos.get() < TRUST_NANOS;
      if (!trusted && libraries.restore(library, command) || libraries.wasReplacedLately()) {
        return true;
      }
      if (!trusted) {
        soundNanos.set(now);
      }
      return false;
    } catch (JedisDataException | BackendUnavailableException e) {
      throw new BackendUnavailableException(
          "Redis answered what no function of Sluice does, and its library can't be checked: "
              + e.getMessage(),
          true,
          e);
    }
  }

  /**
   * Sends commands, those of one server together and in order.
   *
   * @return for each the answer, or the exception that it failed with
   */
  List<Object> sendAll(
      FunctionLibrary library,
      List<CommandArguments> commands,
      boolean again,
      Predicate<Object> fits) {
    List<Object> answers = new ArrayList<>(calls.sendAll(commands));
    for (int tries = 1; tries <= MAX_LOADS; tries++) {
      int[] missing = which(answers, FunctionSender::isMissing);
      if (missing.length == 0 || !isRestored(library, commands, answers, missing)) {
        break;
      }
      List<Object> second = calls.sendAll(pick(commands, missing));
      for (int i = 0; i < missing.length; i++) {
        answers.set(missing[i], second.get(i));
      }
    }
    for (int i = 0; i < answers.size(); i++) {
      answers.set(i, checked(library, commands.get(i), again, fits, answers.get(i)));
    }
    return answers;
  }

  private Object checked(
      FunctionLibrary library,
      CommandArguments command,
      boolean again,
      Predicate<Object> fits,
      Object answer) {
    if (isMissing(answer)) {
      return deletedAgain(answer);
    }
    if (answer instanceof BackendUnavailableException || !isOdd(answer, fits)) {
      return answer;
    }
    try {
      boolean ours = !wasReplaced(library, command);
      return again ? send(library, command, true, fits) : odd(answer, ours);
    } catch (BackendUnavailableException | JedisDataException e) {
      return e;
    }
  }

  /**
   * Loads the library on the servers of the missing ones.
   *
   * @return false if that failed, which is then the answer of them all
   */
  private boolean isRestored(
      FunctionLibrary library,
      List<CommandArguments> commands,
      List<Object> answers,
      int[] missing) {
    try {
      Map<Object, CommandArguments> servers = new HashMap<>();
      pick(commands, missing)
          .forEach(command -> servers.put(calls.failures(command).server(), command));
      servers.values().forEach(command -> libraries.restore(library, command));
      return true;
    } catch (BackendUnavailableException | JedisDataException e) {
      Arrays.stream(missing).forEach(i -> answers.set(i, e));
      return false;
    }
  }

  private static int[] which(List<Object> answers, Predicate<Object> some) {
    return IntStream.range(0, answers.size()).filter(i -> some.test(answers.get(i))).toArray();
  }

  private static List<CommandArguments> pick(List<CommandArguments> commands, int[] which) {
    return IntStream.of(which).mapToObj(commands::get).toList();
  }
}
