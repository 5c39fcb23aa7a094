package dev.sluice.backend.redis.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.redis.server.RedisServerProcess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** docs/rules.md, "Calls carried out twice". */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RememberedCallTest {

  private static final String ORG = "{o}:org";
  private static final Layouts LAYOUTS = new Layouts(7, 8, 8);

  private final RedisServerProcess server = RedisServerProcess.start();
  private final Jedis jedis = server.connect();

  @AfterEach
  void end() {
    jedis.close();
    server.close();
  }

  @Test
  void a_second_run_has_the_first_answer_and_no_effect() {
    Object first = pause("web", "id-1 a");
    Object stored = jedis.hgetAll(ORG);

    assertThat(pause("web", "id-1 a")).isEqualTo(first);
    assertThat(jedis.hgetAll(ORG)).isEqualTo(stored);
    assertThat(jedis.pttl("{o}:call:id-1")).isBetween(1L, 60_000L);
  }

  @Test
  void the_id_of_another_call_is_refused() {
    pause("web", "id-1 a");
    Object stored = jedis.hgetAll(ORG);

    assertConflict(() -> pause("other", "id-1 b"));
    assertThat(jedis.hgetAll(ORG)).isEqualTo(stored);
  }

  @Test
  void a_call_that_changed_nothing_may_run_again() {
    List<String> drain = audited("w", "1");

    assertThat(status(run(LuaFunction.DRAIN, drain, "id-1 a"))).isEqualTo("UNKNOWN_WORKER");
    register();

    assertThat(status(run(LuaFunction.DRAIN, drain, "id-1 a"))).isEqualTo("OK");
  }

  @Test
  void the_id_of_another_heartbeat_is_refused() {
    register();
    assertThat(status(list("a", "id-1 a"))).isEqualTo("OK");
    Object stored = jedis.hgetAll("{o}:w:w");

    assertConflict(() -> list("b", "id-1 b"));
    assertThat(jedis.hgetAll("{o}:w:w")).isEqualTo(stored);
  }

  @Test
  void calls_of_one_step_see_each_other_and_none_keeps_another_from_being_carried_out() {
    jedis.set("{o}:w:damaged", "garbage");
    List<?> answers =
        (List<?>)
            step(
                call("pause", audited("web", "0"), "id-1 a"),
                call("drain", audited("damaged", "1"), "id-2 b"),
                call("resume", audited("web"), "id-3 c"),
                call("pause", audited("app", "0"), "id-4 d"));

    assertThat(((List<?>) answers.get(0)).subList(0, 2)).isEqualTo(List.of("1", "OK"));
    assertThat(answers.get(1))
        .isInstanceOfSatisfying(
            JedisDataException.class, e -> assertThat(e).hasMessageContaining("WRONGTYPE"));
    assertThat(((List<?>) answers.get(2)).subList(0, 2)).isEqualTo(List.of("2", "OK"));
    assertThat(((List<?>) answers.get(3)).subList(0, 2)).isEqualTo(List.of("3", "OK"));
    assertThat(jedis.hget(ORG, "numbers")).startsWith("3 ");
    assertThat(jedis.zrange("{o}:queues", 0, -1)).containsExactly("app");
    assertThat(jedis.hkeys(ORG))
        .contains("pause:app", "q:app")
        .doesNotContain("pause:web", "q:web");
    assertThat(jedis.zrange("{o}:audit", 0, -1)).singleElement().asString().contains("+3+");

    assertThat(((List<?>) step(call("pause", audited("web", "0"), "id-1 a"))).get(0))
        .as("a repeat")
        .isEqualTo(answers.get(0));
  }

  private static List<String> call(String function, List<String> arguments, String id) {
    List<String> call = new ArrayList<>(List.of(function, "" + (arguments.size() + 1)));
    call.addAll(arguments);
    call.add(id);
    return call;
  }

  @SafeVarargs
  private Object step(List<String>... calls) {
    List<String> all = new ArrayList<>(List.of("1700000000000"));
    List.of(calls).forEach(all::addAll);
    return fcall("calls", all);
  }

  private static void assertConflict(Runnable call) {
    JedisDataException error = catchThrowableOfType(JedisDataException.class, call::run);
    assertThat(Failures.of(error))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.CONFLICT));
  }

  private Object pause(String project, String call) {
    return run(LuaFunction.PAUSE, audited(project, "0"), call);
  }

  private void register() {
    run(
        LuaFunction.REGISTER,
        List.of("w", "k", "STANDARD", "h", "3", "", "", "0", "{}", "", "", "99"),
        "register x");
  }

  private Object list(String session, String call) {
    return run(
        LuaFunction.HEARTBEAT,
        List.of("w", "", "1", "", "", "", "0", "", "", "1", "1", "0", "", "", session),
        call);
  }

  private static List<String> audited(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("who", "did", "it", "", "why"));
    return all;
  }

  private Object run(LuaFunction script, List<String> arguments, String call) {
    List<String> all = new ArrayList<>(List.of("1700000000000"));
    all.addAll(arguments);
    all.add(call);
    return fcall(script.functionName(), all);
  }

  private Object fcall(String function, List<String> arguments) {
    Rules rules = Rules.DEFAULTS.withDefaults(0, 1_000, 0);
    FunctionLibrary library = FunctionLibrary.of(rules, LAYOUTS);
    jedis.functionLoadReplace(library.text());
    return jedis.fcall(library.name() + '_' + function, List.of(ORG), arguments);
  }

  private static String status(Object reply) {
    return (String) ((List<?>) reply).get(1);
  }
}
