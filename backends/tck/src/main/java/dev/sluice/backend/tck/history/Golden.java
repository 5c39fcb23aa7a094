package dev.sluice.backend.tck.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.store.PackedNames;
import dev.sluice.backend.workers.Projects;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Recorded answers of histories in turns: docs/rules.md, "Golden histories". One byte a step, of a
 * checksum of all steps so far, so the first different byte marks the first different step.
 */
final class Golden {

  static final int HISTORIES = 1_000;
  static final int CALLS_EACH = 25;

  /** Outside of all jars. Each backend's tests run in its module's directory. */
  private static final Path FILE = Path.of("../tck/golden/histories.bin");

  /** Components younger than the golden histories, ignored. */
  private static final Set<String> LATER =
      Set.of(
          "Refused.words",
          "Session.subject",
          "ClaimState.stopTold",
          "ClaimState.attempt",
          "ReturnInfo.lostBy",
          "Registration.repositories",
          "HeartbeatResult.dialect",
          "HeartbeatResult.drained",
          "Worker.offeredJobs",
          "Worker.protectedUntilMs",
          "Worker.quota",
          "PollResult.repositories");

  /** Hashes of calls and subjects; a difference means that the kit makes other calls. */
  private final byte[] calls;

  private final byte[] answers;

  private Golden(byte[] calls, byte[] answers) {
    this.calls = calls;
    this.answers = answers;
  }

  static Golden of(List<Made> made) {
    return new Golden(
        digests(made.stream().map(each -> call(each.step()))),
        digests(made.stream().map(each -> plain(each.answer()))));
  }

  static Golden read(long seed) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(FILE)))) {
      for (long before = 1; before < seed; before++) {
        in.skipNBytes(2L * in.readInt());
      }
      int steps = in.readInt();
      return new Golden(in.readNBytes(steps), in.readNBytes(steps));
    }
  }

  /** Seeds start at 1. */
  static void write(Stream<Golden> all) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(FILE)))) {
      for (Golden each : (Iterable<Golden>) all::iterator) {
        out.writeInt(each.calls.length);
        out.write(each.calls);
        out.write(each.answers);
      }
    }
  }

  @Nullable String difference(List<Made> made) {
    Golden now = of(made);
    int call = mismatch(calls, now.calls);
    int answer = mismatch(answers, now.answers);
    if (answer < call) {
      return "step " + answer + " is answered differently\n" + lines(made, answer);
    } else if (call < Integer.MAX_VALUE) {
      return "step " + call + " was another call: the kit has changed\n" + lines(made, call);
    }
    return null;
  }

  private static String lines(List<Made> made, int last) {
    return IntStream.rangeClosed(Math.max(0, last - 5), Math.min(last, made.size() - 1))
        .mapToObj(number -> line(number, made.get(number)))
        .collect(Collectors.joining("\n"));
  }

  static String line(int number, Made made) {
    return number + ": " + made.text() + "\n    = " + plain(made.answer());
  }

  private static int mismatch(byte[] then, byte[] now) {
    int at = Arrays.mismatch(then, now);
    return at < 0 ? Integer.MAX_VALUE : at;
  }

  private static byte[] digests(Stream<String> texts) {
    CRC32 sum = new CRC32();
    List<Byte> bytes =
        texts
            .map(
                text -> {
                  sum.update(text.getBytes(UTF_8));
                  return (byte) sum.getValue();
                })
            .toList();
    byte[] digests = new byte[bytes.size()];
    IntStream.range(0, digests.length).forEach(i -> digests[i] = bytes.get(i));
    return digests;
  }

  private static String call(Step step) {
    return step instanceof Call call
        ? call.text().substring(0, call.text().indexOf('(')) + " " + call.subject()
        : step.text();
  }

  /**
   * Renders a value's component names and values sorted by name, so that renaming, reordering and
   * splitting records changes nothing.
   */
  static String plain(@Nullable Object value) {
    if (value instanceof Record) {
      return components(value).sorted().collect(Collectors.joining(" ", "{", "}"));
    } else if (value instanceof Map<?, ?> map) {
      return plain(
          map.entrySet().stream()
              .map(entry -> plain(entry.getKey()) + ":" + plain(entry.getValue()))
              .collect(Collectors.toSet()));
    } else if (value instanceof Set<?> set) {
      return set.stream().map(Golden::plain).sorted().toList().toString();
    } else if (value instanceof Collection<?> list) {
      return list.stream().map(Golden::plain).toList().toString();
    }
    return value instanceof Enum<?> constant ? constant.name() : Objects.toString(value);
  }

  private static Stream<String> components(Object record) {
    String name = record.getClass().getSimpleName();
    return Stream.of(record.getClass().getRecordComponents())
        .filter(component -> !LATER.contains(name + "." + component.getName()))
        .flatMap(
            component -> {
              Object value = get(component, record);
              if (value == null) {
                return Stream.of();
              } else if (value instanceof Projects projects) {
                value = PackedNames.pack(projects);
              }
              return value instanceof Record
                  ? components(value)
                  : Stream.of(component.getName() + "=" + plain(value));
            });
  }

  private static @Nullable Object get(RecordComponent component, Object record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component.toString(), e);
    }
  }
}
