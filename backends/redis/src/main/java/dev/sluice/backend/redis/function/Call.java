package dev.sluice.backend.redis.function;

import dev.sluice.backend.redis.function.FunctionRunner.Run;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

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

  void addTo(CommandArguments request) {
    run.arguments().forEach(request::add);
    if (id != null) {
      request.add(id);
    }
  }

  /** The answer to each of the calls of a step, or its error. */
  static List<Object> answers(Object answer, int calls) {
    if (calls > 1 && answer instanceof List<?> all) {
      return new ArrayList<>(all);
    }
    List<Object> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      answers.add(answer);
    }
    return answers;
  }

}
