package dev.sluice.backend.engine.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.read.SessionReads.FindSession;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Counters;
import dev.sluice.backend.engine.wire.Layouts.Added;
import dev.sluice.backend.inbox.Lane;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LayoutsTest {

  private static final int NEXT = Layouts.FIRST + 1;

  /** A record with components of two later layouts. */
  record Thing(String name, Part part, @Nullable String note, List<String> tags) {}

  /** A frequent value, written at once. */
  record Part(long number, boolean flag) {
    public static final Part NONE = new Part(0, false);
  }

  private static final Layouts NEWER =
      Layouts.OF_THIS_BUILD
          .with(
              new Added(NEXT, Thing.class, List.of("note")),
              new Added(NEXT, Part.class, List.of("flag")),
              new Added(NEXT, Lane.class, List.of("NORMAL")),
              new Added(NEXT, Counters.class, List.of("frontMs")),
              new Added(NEXT, FindSession.class, List.of()))
          .with(new Added(NEXT + 1, Thing.class, List.of("tags")));

  private static final Layouts OLDER = NEWER.upTo(Layouts.FIRST);

  static IntStream layouts() {
    return IntStream.rangeClosed(Layouts.FIRST, Layouts.OF_THIS_BUILD.newest());
  }

  /**
   * Bytes of released layouts are stored, and older nodes read them. Name what is new in {@link
   * Layouts#OF_THIS_BUILD}, and add a file for a new layout; before its release, change its file.
   */
  @ParameterizedTest
  @MethodSource("layouts")
  void a_layout_stays_as_it_is(int layout) throws IOException {
    String file = "/layout-" + layout + ".txt";
    try (InputStream described = LayoutsTest.class.getResourceAsStream(file)) {
      assertThat(described).as(file).isNotNull();
      assertThat(String.join("\n", new LayoutDescription(layout).lines()))
          .as("types, components and constants in " + file)
          .isEqualTo(new String(described.readAllBytes(), UTF_8).strip());
    }
  }

  @Test
  void all_layouts_are_read_and_lack_what_came_later() {
    Thing thing = new Thing("a", new Part(7, true), "b", List.of("c"));

    assertThat(read(NEWER, write(thing, Layouts.FIRST)))
        .isEqualTo(new Thing("a", new Part(7, false), null, List.of()));
    assertThat(read(NEWER, write(thing, NEXT)))
        .isEqualTo(new Thing("a", new Part(7, true), "b", List.of()));
    assertThat(read(NEWER, write(thing, NEXT + 1))).isEqualTo(thing);
  }

  @Test
  void an_older_build_reads_its_layout_and_refuses_newer_ones() {
    Thing thing = new Thing("a", Part.NONE, null, List.of());

    assertThat(read(OLDER, write(thing, Layouts.FIRST))).isEqualTo(thing);
    assertThatThrownBy(() -> read(OLDER, write(thing, NEXT)))
        .isInstanceOf(UnreadableBytesException.class);
    assertThat(write(thing, Layouts.FIRST))
        .isEqualTo(write(OLDER, thing, Layouts.FIRST))
        .hasSizeLessThan(write(thing, NEXT).length);
  }

  @Test
  void a_newer_type_or_constant_is_not_written_before_its_layout() {
    WireFormat wire = new WireFormat(NEWER, Layouts.FIRST);

    assertThatThrownBy(() -> wire.toBytes(new FindSession("a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("FindSession came after layout 4, which is in force");
    assertThatThrownBy(() -> write(Lane.NORMAL, Layouts.FIRST))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("NORMAL came after layout 4, which is in force");
    assertThat(write(Lane.URGENT, Layouts.FIRST)).isNotEmpty();

    wire.raise(NEXT);
    byte[] bytes = wire.toBytes(new FindSession("a"));
    assertThat(wire.fromBytes(bytes)).isEqualTo(new FindSession("a"));
    assertThatThrownBy(() -> new WireFormat(OLDER, Layouts.FIRST).fromBytes(bytes))
        .isInstanceOf(UnreadableBytesException.class);
  }

  @Test
  void a_message_tells_the_layout_in_force() {
    WireFormat sender = new WireFormat(NEWER, NEXT);
    WireFormat behind = new WireFormat(NEWER, Layouts.FIRST);
    WireFormat older = new WireFormat(OLDER, Layouts.FIRST);
    AuditLine line = new AuditLine(1, 2, "a", "b", "c", "", "", 3, 4);

    assertThat(behind.fromMessage(sender.toMessage(line))).isEqualTo(line);
    assertThat(behind.inForce()).isEqualTo(NEXT);

    byte[] message = sender.toMessage(line);
    assertThatThrownBy(() -> older.fromMessage(message))
        .isInstanceOf(UnreadableBytesException.class)
        .hasMessageStartingWith("the stored data has layout 5, this Sluice knows up to 4");
    assertThat(older.tooOld())
        .isEqualTo(
            "the stored data has layout 5, this Sluice knows up to 4: start the newer release");
    assertThat(older.inForce()).as("still writes what it knows").isEqualTo(Layouts.FIRST);
  }

  @Test
  void a_value_is_kept_as_it_would_be_sent() {
    WireFormat wire = new WireFormat(NEWER, Layouts.FIRST);
    Change put = new Change.PutCounters(new Counters(1, 2, 3, 4, 5, 6));

    assertThat(wire.asSent(put)).isEqualTo(new Change.PutCounters(new Counters(1, 2, 3, 4, 5, 0)));
    wire.raise(NEWER.newest());
    assertThat(wire.asSent(put)).isSameAs(put);
  }

  @Test
  void new_components_come_last() {
    Layouts first = Layouts.OF_THIS_BUILD.with(new Added(NEXT, Thing.class, List.of("name")));

    assertThatThrownBy(() -> WireShapes.of(first).of(Thing.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("part");
  }

  private static byte[] write(Object value, int layout) {
    return write(NEWER, value, layout);
  }

  private static byte[] write(Layouts layouts, Object value, int layout) {
    ByteWriter out = new ByteWriter(layout);
    WireShapes.of(layouts).of(value.getClass()).write(out, value);
    return out.toByteArray();
  }

  private static @Nullable Object read(Layouts layouts, byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    Object value = WireShapes.of(layouts).of(Thing.class).read(in);
    assertThat(in.left()).isZero();
    return value;
  }
}
