package dev.sluice.backend.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.read.SessionReads.FindSession;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Counters;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WireTypesTest {

  private final WireFormat wire = new WireFormat();
  private final WireShapes shapes = WireShapes.of(Layouts.OF_THIS_BUILD);

  static List<Class<?>> types() {
    return WireTypes.TYPES;
  }

  @ParameterizedTest
  @MethodSource("types")
  void every_value_survives_a_round_trip(Class<?> type) throws Exception {
    RandomValues values = new RandomValues(type.getName().hashCode());
    for (int i = 0; i < 50; i++) {
      Object value = values.of(type);

      assertThat(wire.fromBytes(wire.toBytes(value))).isEqualTo(value);
    }
  }

  @Test
  void every_change_has_a_type_number() {
    assertThat(WireTypes.TYPES).contains(Change.class.getPermittedSubclasses());
  }

  @Test
  void every_operation_has_a_type_number() throws Exception {
    Path classes =
        Path.of(Operation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> operations = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.toList()) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '.');
        if (name.matches("[^$-]+\\.class")) {
          Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
          Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses()))
              .filter(each -> each.isRecord() && Operation.class.isAssignableFrom(each))
              .forEach(operations::add);
        }
      }
    }

    assertThat(operations).hasSizeGreaterThan(50);
    assertThat(WireTypes.TYPES).containsAll(operations);
  }

  @Test
  void type_numbers_never_change() {
    // Stored bytes hold these numbers: after a failure here, older bytes can't be read.
    assertThat(WireTypes.idOf(Change.PutSession.class)).isEqualTo(3);
    assertThat(WireTypes.idOf(Change.PutCounters.class)).isEqualTo(10);
    assertThat(WireTypes.idOf(dev.sluice.backend.keys.Key.class)).isEqualTo(39);
    assertThat(WireTypes.idOf(Stored.FirstKeys.class)).isEqualTo(41);
  }

  /** A record before components were added to it. */
  record Before(String name, long count) {}

  record After(
      String name,
      long count,
      int more,
      boolean flag,
      @Nullable String text,
      List<String> list,
      SortedMap<String, String> map,
      @Nullable Lane lane,
      @Nullable Counters record) {}

  @Test
  void older_bytes_lack_new_components() {
    ByteWriter out = new ByteWriter(Layouts.FIRST);
    shapes.of(Before.class).write(out, new Before("a", 7));
    ByteReader in = new ByteReader(out.toByteArray());

    After read = (After) shapes.of(After.class).read(in);

    assertThat(read)
        .isEqualTo(
            new After("a", 7, 0, false, null, List.of(), new java.util.TreeMap<>(), null, null));
    assertThat(in.left()).isZero();
  }

  /** {@link ReturnInfo} before it had nackers. */
  record ReturnInfoBefore(
      @Nullable String nackedBy,
      long returnUntilMs,
      @Nullable String lostBy,
      @Nullable DeadReason dead) {}

  @Test
  void who_nacked_in_older_bytes_is_a_nacker() {
    ByteWriter out = new ByteWriter(Layouts.FIRST);
    shapes.of(ReturnInfoBefore.class).write(out, new ReturnInfoBefore("w", 7, null, null));

    Object read = shapes.of(ReturnInfo.class).read(new ByteReader(out.toByteArray()));

    assertThat(read).isEqualTo(new ReturnInfo("w", 7, null, null, List.of(new Nacker("w", 1, 7))));
  }

  /** {@link Registration} as stored: before it had repositories. */
  record RegistrationBefore(
      String workerId,
      String registeredBy,
      Dialect dialect,
      String hostname,
      int capacity,
      List<String> projects,
      List<String> capabilities,
      boolean draining,
      @Nullable String machineId,
      String details) {}

  @Test
  void repositories_and_no_projects_are_stored_as_before() {
    List<String> listed = List.of("gpu", "\u007fparser/acme");
    RegistrationBefore before =
        new RegistrationBefore(
            "w", "k", Dialect.GO_DAEMON, "h", 1, List.of("\u007f"), listed, false, null, "{}");
    Registration now =
        new Registration(
                "w", "k", Dialect.GO_DAEMON, "h", 1, Projects.NONE, List.of("gpu"), false, "{}")
            .withRepositories(List.of("parser/acme"));

    assertThat(bytes(now)).isEqualTo(bytes(before));
    assertThat(shapes.of(Registration.class).read(new ByteReader(bytes(before)))).isEqualTo(now);
  }

  record HeartbeatBefore(
      int activeCount,
      @Nullable Integer capacity,
      @Nullable Boolean draining,
      @Nullable List<String> projects,
      @Nullable Integer quarantined,
      @Nullable List<String> held,
      boolean counted,
      @Nullable List<String> repositories) {}

  @Test
  void a_heartbeat_is_sent_as_before() {
    HeartbeatBefore before =
        new HeartbeatBefore(
            1, 2, null, List.of("\u007f"), null, null, true, List.of("\u007fparser/acme"));
    Heartbeat now =
        new Heartbeat(1, 2, null, Projects.NONE, null, null, true, List.of("parser/acme"), null);

    assertThat(bytes(now)).isEqualTo(bytes(before));
    assertThat(shapes.of(Heartbeat.class).read(new ByteReader(bytes(before)))).isEqualTo(now);
    assertThat(bytes(new Heartbeat(1, null, true)))
        .isEqualTo(bytes(new HeartbeatBefore(1, null, true, null, null, null, false, null)));
  }

  private byte[] bytes(Object value) {
    ByteWriter out = new ByteWriter(Layouts.FIRST);
    shapes.of(value.getClass()).write(out, value);
    return out.toByteArray();
  }

  @Test
  void numbers_have_variable_length() {
    for (long value : new long[] {0, 1, -1, 63, 64, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE}) {
      ByteWriter out = new ByteWriter(Layouts.FIRST);
      out.number(value);
      assertThat(new ByteReader(out.toByteArray()).number()).isEqualTo(value);
    }
  }

  @Test
  void a_repeated_text_is_one_object() {
    ByteWriter out = new ByteWriter(Layouts.FIRST);
    out.text("session-1");
    out.text("session-1");
    out.text(null);
    out.text("session-1");
    ByteReader in = new ByteReader(out.toByteArray());

    String first = in.text();
    assertThat(in.text()).isSameAs(first);
    assertThat(in.text()).isNull();
    assertThat(in.text()).isSameAs(first);
  }

  @Test
  void garbled_bytes_are_recognised() throws Exception {
    RandomValues values = new RandomValues(3);
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = wire.toBytes(values.of(Change.class));
      byte[] garbled =
          random.nextBoolean() ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
      if (garbled.length > 0) {
        garbled[random.nextInt(garbled.length)] = (byte) random.nextInt();
      }
      try {
        wire.fromBytes(garbled); // some bytes are readable by chance
      } catch (UnreadableBytesException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void unlisted_types_are_refused() {
    assertThatThrownBy(() -> wire.toBytes(new Before("a", 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> wire.fromBytes(new byte[] {(byte) 126}))
        .isInstanceOf(UnreadableBytesException.class);
    assertThat(wire.fromBytes(wire.toBytes(new FindSession("a")))).isEqualTo(new FindSession("a"));
  }
}
