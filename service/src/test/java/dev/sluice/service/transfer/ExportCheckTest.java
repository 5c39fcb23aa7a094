package dev.sluice.service.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.WorkerCopy;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExportCheckTest {

  /** Byte that is tried. */
  private static final int EACH = Boolean.getBoolean("sluice.long") ? 1 : 7;

  @TempDir private Path directory;

  static Stream<Named<OrgRecord>> records() {
    return OrgRecords.ofEachType().stream()
        .map(record -> Named.of(record.getClass().getSimpleName(), record));
  }

  @ParameterizedTest
  @MethodSource("records")
  void a_record_comes_back_as_it_was(OrgRecord record) throws BadExportException {
    byte[] line = ExportJson.line(record);

    assertThat(ExportJson.read(line, OrgRecord.class, 2)).isEqualTo(record);
    assertThat(new String(line, UTF_8)).doesNotContain("\n").contains("\"type\":");
  }

  @Test
  void projects_and_repositories_are_as_in_older_exports() throws BadExportException {
    String packed = "\"capabilities\":[\"gpu\",\"\u007fparser/acme\"]";
    for (Class<?> type : List.of(WorkerCopy.class, SessionCopy.class)) {
      OrgRecord record =
          OrgRecords.ofEachType().stream().filter(type::isInstance).findAny().orElseThrow();
      assertThat(text(ExportJson.line(record))).contains(packed).doesNotContain("repositor");
    }
    Registration worker =
        new Registration("w", "k", Dialect.STANDARD, "h", 1, Projects.ALL, List.of(), false, "{}");
    String all = text(ExportJson.line(worker));
    assertThat(all).doesNotContain("projects");
    assertThat(ExportJson.stored(all, Registration.class)).isEqualTo(worker);
    Registration none = worker.withProjects(Projects.NONE);
    assertThat(ExportJson.stored(none)).contains("\"projects\":[\"\u007f\"]");
    assertThat(ExportJson.stored(ExportJson.stored(none), Registration.class)).isEqualTo(none);
  }

  @Test
  void each_type_of_record_is_tried() {
    assertThat(OrgRecords.ofEachType())
        .extracting(record -> (Object) record.getClass())
        .containsExactlyInAnyOrderElementsOf(ExportJson.types());
  }

  @Test
  void a_whole_export_is_counted() throws Exception {
    ExportProgress whole = ExportFile.check(written(lines(), false), false);

    assertThat(whole.ended()).isTrue();
    assertThat(whole.records()).isEqualTo(OrgRecords.ofEachType().size());
    assertThat(ExportFile.words(whole))
        .startsWith("14 records: 1 acked, 1 activity")
        .endsWith("1 worker");
  }

  @Test
  void a_compressed_export_is_read_and_a_cut_one_refused() throws Exception {
    Path file = written(lines(), true);
    assertThat(ExportFile.check(file, true).ended()).isTrue();

    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length - 20));
    assertThatThrownBy(() -> ExportFile.check(file, true))
        .isInstanceOf(BadExportException.class)
        .hasMessageContaining("cut or damaged");
  }

  /** Some bits of a compressed file mean nothing, such as its time. */
  @Test
  void every_flipped_byte_of_a_compressed_export_is_refused_or_without_effect() throws Exception {
    Path file = written(lines(), true);
    ExportProgress whole = ExportFile.check(file, true);
    byte[] all = Files.readAllBytes(file);
    int refused = 0;
    for (int at = 0; at < all.length; at += EACH) {
      byte[] flipped = all.clone();
      flipped[at] ^= 1;
      Files.write(file, flipped);
      try {
        assertThat(ExportFile.check(file, true)).as("byte %d", at).isEqualTo(whole);
      } catch (BadExportException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(all.length / EACH / 2);
  }

  @Test
  void every_shorter_length_of_a_compressed_export_is_refused() throws Exception {
    Path file = written(lines(), true);
    byte[] all = Files.readAllBytes(file);
    for (int length = all.length - 1; length >= 0; length -= EACH) {
      Files.write(file, Arrays.copyOf(all, length));
      assertThatThrownBy(() -> ExportFile.check(file, true)).isInstanceOf(BadExportException.class);
    }
  }

  @Test
  void reading_goes_on_from_stored_progress() throws Exception {
    List<String> lines = lines();
    ExportCheck check = new ExportCheck();
    for (String line : lines) {
      check =
          new ExportCheck(
              ExportJson.stored(ExportJson.stored(check.progress()), ExportProgress.class));
      check.next(line.getBytes(UTF_8));
    }
    assertThat(check.progress().ended()).isTrue();
  }

  static Stream<Arguments> damage() {
    return Stream.of(
        damage("an empty file", List::clear, "line 1: the export ends without its last line"),
        damage("no header", lines -> lines.remove(0), "line 1: "),
        damage(
            "another format",
            lines -> lines.set(0, lines.get(0).replace("\"format\":2", "\"format\":9")),
            "line 1: format 9; this Sluice reads 1 to 2"),
        damage("a foreign file", lines -> lines.set(0, "{\"a\":1}"), "line 1: has a wrong a"),
        damage("no JSON", lines -> lines.set(3, "{\"type\":"), "line 4: is no record"),
        damage("an empty line", lines -> lines.add(3, ""), "line 4: is no record"),
        damage(
            "an unknown type",
            lines -> lines.set(3, "{\"type\":\"nothing\"}"),
            "line 4: is no record"),
        damage(
            "an unknown member",
            lines -> lines.set(2, "{\"type\":\"revoked\",\"keyId\":\"k\",\"more\":1}"),
            "line 3: has a wrong more"),
        damage(
            "a control character in an id",
            lines -> lines.set(2, "{\"type\":\"revoked\",\"keyId\":\"a\\u001fb\"}"),
            "line 3: keyId must"),
        damage(
            "a missing member",
            lines -> lines.set(2, "{\"type\":\"revoked\"}"),
            "line 3: lacks keyId"),
        damage(
            "a changed number",
            lines -> lines.set(1, lines.get(1).replace("\"seq\":7", "\"seq\":8")),
            "line 16: the checksum differs"),
        damage("a lost line", lines -> lines.remove(5), "line 15: the checksum differs"),
        damage(
            "a line twice", lines -> lines.add(5, lines.get(5)), "line 17: the checksum differs"),
        damage(
            "moved lines", lines -> Collections.swap(lines, 4, 5), "line 16: the checksum differs"),
        damage(
            "no end", lines -> lines.remove(15), "line 16: the export ends without its last line"),
        damage(
            "wrong counts",
            lines -> lines.set(15, lines.get(15).replace("\"job\":1", "\"job\":2")),
            "line 16: the counts differ"),
        damage(
            "more after the end",
            lines -> lines.add(lines.get(1)),
            "line 17: there is more after the end"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damage")
  void damage_is_told_by_its_line(String name, Consumer<List<String>> change, String told)
      throws Exception {
    List<String> lines = lines();
    change.accept(lines);
    Path file = written(lines, false);

    assertThatThrownBy(() -> ExportFile.check(file, false))
        .isInstanceOf(BadExportException.class)
        .hasMessageStartingWith(told);
  }

  @Test
  void a_last_line_without_line_feed_is_refused() throws Exception {
    Path file = written(lines(), false);
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length - 1));

    assertThatThrownBy(() -> ExportFile.check(file, false))
        .hasMessage("line 16: has no line feed at its end: the file is cut");
  }

  private static Arguments damage(String name, Consumer<List<String>> change, String told) {
    return Arguments.of(name, change, told);
  }

  private static List<String> lines() {
    ExportCheck check = new ExportCheck();
    List<String> lines = new ArrayList<>();
    lines.add(text(check.begin(ExportHeader.of("exp_1", "default", "0", 1))));
    OrgRecords.ofEachType().forEach(record -> lines.add(text(check.write(record))));
    lines.add(text(check.end()));
    return lines;
  }

  private static String text(byte[] line) {
    return new String(line, UTF_8);
  }

  private Path written(List<String> lines, boolean compressed) throws Exception {
    Path file = directory.resolve("export");
    String all = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    try (var out =
        compressed
            ? new GZIPOutputStream(Files.newOutputStream(file))
            : Files.newOutputStream(file)) {
      out.write(all.getBytes(UTF_8));
    }
    return file;
  }
}
