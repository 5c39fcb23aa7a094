package dev.sluice.backend.tck.work;

import dev.sluice.backend.Names;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.SessionAssert;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All text is kept byte for byte. */
abstract class TextCases extends Fixture {

  /** Names with a meaning in some store, script or pattern. */
  static Stream<String> names() {
    return Stream.of(
        "with space",
        " leading and trailing ",
        "a:b|c/d\\e,f;g",
        "{curly}",
        "[a-z]*?",
        "\"double\" and 'single'",
        "%s %1$s ${x} #{x}",
        "<b>&amp;</b>",
        "null",
        "0",
        "-1",
        "1e3",
        "__proto__",
        "..",
        "caf\u00e9",
        "cafe\u0301",
        "\u202eright to left",
        "\u2028line\u2029paragraph",
        "\ufeffmark",
        "\ud83d\ude80 rocket",
        "x".repeat(Names.MAX_BYTES),
        "\ud83d\ude80".repeat(Names.MAX_BYTES / 4));
  }

  @ParameterizedTest
  @MethodSource("names")
  void any_name_may_stand_anywhere(String name) {
    Registration registration =
        worker().named(name).registeredBy(name).projects(name).can(name).on(name).registration();
    KitWorker worker = worker().named(name).registeredBy(name).by(name);
    NewWork work = new NewWork(name, name, name, name, List.of(name), 3, 1, 0, 0, name, "{}");

    assertThat(workers().register(org, registration).registration()).isEqualTo(registration);
    queue().enqueue(org, List.of(work));
    assertThat(worker.poll(name, 1).work().get(0).sessionId()).isEqualTo(name);
    Message message =
        inboxes()
            .send(org, name, new NewMessage(MessageType.NUDGE, Lane.NORMAL, name, name, name), BY)
            .message();
    assertThat(worker.read()).containsExactly(message);
    assertThat(message.sessionId()).isEqualTo(name);
    assertThat(message.userName()).isEqualTo(name);
    assertThat(worker.ack(message)).isTrue();
    worker.report(name, SessionState.RUNNING, Map.of(name, "\"" + name + "\""));

    Session session = session(name);
    new SessionAssert(session).isRunningOn(worker);
    assertThat(session.id()).isEqualTo(name);
    assertThat(session.issueId()).isEqualTo(name);
    assertThat(session.issueIdentifier()).isEqualTo(name);
    assertThat(session.project()).isEqualTo(name);
    assertThat(session.fields()).containsExactly(Map.entry(name, "\"" + name + "\""));
    assertThat(worker.record().registration()).isEqualTo(registration);
    assertThat(worker.activeSessions()).containsExactly(name);
    assertThat(worker.deregister()).containsExactly(name);
  }

  @Test
  void names_that_look_alike_are_different_names() {
    List<String> alike = List.of("caf\u00e9", "cafe\u0301", "Cafe", "cafe", "cafe ", "CAFE");
    for (String name : alike) {
      enqueue(work(name).project(name).needs(name));
    }

    for (String name : alike) {
      assertThat(worker().projects(name).can(name).register().take(5)).containsExactly(name);
    }
  }

  static Stream<String> items() {
    return Stream.of(
        "{}",
        "{ \"z\" : 1 ,\r\n\t\"a\" : 2 }",
        "{\"a\":1,\"a\":2}",
        "{\"n\":[1.0,1e3,-0,12345678901234567890,0.1000000000000000055]}",
        "{\"empty\":[],\"none\":{},\"null\":null,\"\":\"\"}",
        "{\"esc\":\"\\u0000\\u001f\\\\\\/\\\"\\ud83d\\ude80\\ud800\"}",
        "{\"raw\":\"caf\u00e9 \ud83d\ude80 \u2028 \u007f \ufeff </script> %s {{x}}\"}",
        "\ufeff{}",
        "{\"long\":\"" + "\u00e9".repeat(300_000) + "\"}");
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource("items")
  void an_item_is_handed_out_as_it_came_in(String item) {
    worker.register();
    enqueue(work("a").item(item));
    assertThat(session("a").item()).isEqualTo(item);

    assertThat(worker.claim("a").item()).isEqualTo(item);
    worker.nack("a");
    assertThat(worker().register().claim("a").item()).isEqualTo(item);
    assertThat(session("a").item()).isEqualTo(item);
  }

  /** Text that need not be JSON. */
  static Stream<String> payloads() {
    return Stream.of(
        "",
        " ",
        "nul \0 inside",
        "\0",
        "\1\2\u001f\u007f\u0080\u009f",
        "line\nline\r\nline\u2028line",
        "{\"json\":[1.0,{}]}",
        "[]",
        "<script>alert('&amp;')</script> {{mustache}} ${el} %s",
        "\\ \\u0000 \" '",
        "caf\u00e9 \ud83d\ude80 \ufffd \uffff",
        "x".repeat(NewMessage.MAX_PAYLOAD_BYTES));
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource("payloads")
  void a_payload_is_offered_as_it_was_sent(String payload) {
    claim("a");

    Message message = send("a", MessageType.DIRECTIVE, payload);
    assertThat(message.payload()).isEqualTo(payload);
    assertThat(worker.read()).containsExactly(message);

    sessions().stop(org, "a", new StopMessage(payload, payload, payload), Place.ANY, BY);
    assertThat(worker.readPayloads()).containsExactly(payload);
  }

  @Test
  void the_values_of_fields_are_not_looked_into() {
    claim("a");
    Map<String, String> fields =
        Map.of(
            "float", "1.0",
            "big", "12345678901234567890",
            "list", "[]",
            "object", "{ \"b\":1, \"a\":[ ] }",
            "nothing", "null",
            "text", "\"caf\u00e9 \ud83d\ude80 \\u0000\"");

    worker.report("a", SessionState.RUNNING, fields);

    assertThat(session("a").fields()).containsExactlyInAnyOrderEntriesOf(fields);
  }

  @Test
  void what_a_worker_says_of_itself_is_not_looked_into() {
    String details =
        "{ \"z\":1.0, \"a\":[], \"big\":12345678901234567890, \"t\":\"\ud83d\ude80\" }";
    Registration given = worker().registration();
    Registration registration =
        new Registration(
            given.workerId(),
            given.registeredBy(),
            given.dialect(),
            "a host <b>\ud83d\ude80</b>",
            given.capacity(),
            Projects.of(List.of("b", "a")),
            List.of("z", "a"),
            false,
            details);

    workers().register(org, registration);

    KitWorker worker = worker().named(given.workerId());
    assertThat(worker.record().registration()).isEqualTo(registration);
    worker.beat();
    worker.poll(1);
    assertThat(worker.record().registration()).isEqualTo(registration);
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_key_may_have_any_name(String name) {
    String hash = newHash();
    Key key = new Key(name, org, Key.Type.USER, name, java.util.Set.of(), List.of(name));

    credentials().addKey(hash, key);

    assertThat(credentials().findKey(hash)).contains(key);
  }
}
