package dev.sluice.backend.redis.function;

import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.reply.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A call of a function that changes an org.
 *
 * @param id the last argument of those that take it; see {@link LuaFunction#takesCall}
 */
record Call(LuaFunction function, Run run, @Nullable String id) {

  /** Beyond these, a call has a request of its own: it would hold the others up. */
  private static final int MOST_ARGUMENTS = 1_000;

  private static final int MOST_CHARACTERS = 32 * 1024;

  /** The calls of a step hold up everybody else. */
  private static final int MOST_CALLS = 100;

  private static final int MOST_CHARACTERS_OF_GROUP = 256 * 1024;

  private int size() {
    int size = 0;
    for (String argument : run.arguments()) {
      size += argument.length();
    }
    return size;
  }

  boolean isLarge() {
    return run.arguments().size() > MOST_ARGUMENTS || size() > MOST_CHARACTERS;
  }

  /** Splits calls into groups that have one step each, and keeps their order. */
  static List<List<Call>> groups(List<Call> calls) {
    List<List<Call>> groups = new ArrayList<>();
    List<Call> group = new ArrayList<>();
    int characters = 0;
    for (Call call : calls) {
      int size = call.size();
      boolean joins =
          !group.isEmpty()
              && call.run().org().equals(group.get(0).run().org())
              && group.size() < MOST_CALLS
              && !call.isLarge()
              && !group.get(0).isLarge()
              && characters + size <= MOST_CHARACTERS_OF_GROUP;
      if (!joins && !group.isEmpty()) {
        groups.add(group);
        group = new ArrayList<>();
        characters = 0;
      }
      group.add(call);
      characters += size;
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }

  /** The request for calls of one org: their step. */
  static CommandArguments request(FunctionLibrary library, String time, List<Call> calls) {
    Call first = calls.get(0);
    if (calls.size() == 1) {
      CommandArguments alone =
          FunctionSender.command(library, first.function().functionName(), 1)
              .key(Keys.org(first.run().org()))
              .add(time);
      first.addTo(alone);
      return alone;
    }
    CommandArguments request =
        FunctionSender.command(library, FunctionLibrary.CALLS, 1)
            .key(Keys.org(first.run().org()))
            .add(time);
    for (Call call : calls) {
      request.add(call.function().functionName());
      request.add(call.run().arguments().size() + (call.id() == null ? 0 : 1));
      call.addTo(request);
    }
    return request;
  }

  /** The request for a call that a full Redis carries out too. */
  static CommandArguments requestWhenFull(FunctionLibrary library, String time, Call call) {
    CommandArguments request =
        FunctionSender.command(library, call.function().nameWhenFull(), 1)
            .key(Keys.org(call.run().org()))
            .add(time);
    call.addTo(request);
    return request;
  }

  private void addTo(CommandArguments request) {
    run.arguments().forEach(request::add);
    if (id != null) {
      request.add(id);
    }
  }

  /** True for an answer that a request for so many calls may get. */
  static boolean areAnswers(Object answer, int calls) {
    return calls == 1
        ? Reply.isReply(answer)
        : answer instanceof List<?> parts
            && parts.size() == calls
            && parts.stream().allMatch(Call::isAnswer);
  }

  /** True for an answer that a request for one call or several may get. */
  static boolean areAnswers(Object answer) {
    return answer instanceof List<?> parts
        && !parts.isEmpty()
        && areAnswers(answer, parts.get(0) instanceof byte[] ? 1 : parts.size());
  }

  private static boolean isAnswer(Object part) {
    return part instanceof JedisDataException error ? !Failures.isOdd(error) : isReplyList(part);
  }

  private static boolean isReplyList(Object part) {
    return part instanceof List<?> parts
        && !parts.isEmpty()
        && parts.get(0) instanceof byte[]
        && Reply.isReply(part);
  }

  /**
   * Returns the answer to each of the calls of a step, or its error.
   *
   * @param answer an error stands for all calls
   */
  static List<?> answers(Object answer, int calls) {
    if (calls > 1 && answer instanceof List<?> all && all.size() == calls) {
      return all;
    }
    return Collections.nCopies(calls, answer);
  }
}
