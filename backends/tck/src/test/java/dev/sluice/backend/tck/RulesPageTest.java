package dev.sluice.backend.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.OwnCause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Comments and links refer to headings of docs/rules.md. */
class RulesPageTest {

  private static final Path HOUSE = Path.of("../..");

  private static final Set<String> MADE = Set.of("target", ".git");

  /** Headings that follow the name of the page, after line breaks of the comment are removed. */
  private static final Pattern REFERENCE =
      Pattern.compile("docs/rules\\.md}?, ((?:(?:, | and |, and )?\"[^\"]+\")+)");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private static final Pattern LINK = Pattern.compile("rules\\.md#([\\w-]+)");

  private static final Pattern OWN_LINK = Pattern.compile("\\]\\(#([\\w-]+)\\)");

  /** A section of a page that numbers its sections, as none here does. */
  private static final Pattern NUMBERED =
      Pattern.compile("[Pp]rotocol,? (?:sections? )?[0-9]+(?:\\.[0-9]+)?");

  @Test
  void comments_name_headings_of_the_page() {
    List<String> named = found(REFERENCE, comments(".java"), comments(".lua"));

    assertThat(named).hasSizeGreaterThan(100);
    assertThat(headings()).containsAll(found(QUOTED, named));
  }

  @Test
  void links_lead_to_headings_of_the_page() {
    List<String> linked = found(LINK, texts(".md"));
    List<String> own = found(OWN_LINK, List.of(read(HOUSE.resolve("docs/rules.md"))));

    assertThat(linked).hasSizeGreaterThan(30);
    assertThat(own).hasSizeGreaterThan(30);
    assertThat(headings().stream().map(RulesPageTest::anchor)).containsAll(linked).containsAll(own);
  }

  @Test
  void no_comment_names_a_numbered_section() {
    assertThat(comments(".java")).hasSizeGreaterThan(1_000);
    assertThat(found(NUMBERED, comments(".java"), comments(".lua"))).isEmpty();
  }

  @Test
  void the_table_of_causes_is_that_of_the_code() {
    String page = read(HOUSE.resolve("docs/rules.md"));
    String table = page.substring(page.indexOf("| cause | remedy | because |"));
    Map<String, String> documented = new TreeMap<>();
    table
        .lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split(" \\| "))
        .forEach(
            row ->
                found(CODE, List.of(row[0]))
                    .forEach(cause -> documented.put(cause, row[1].replace("`", ""))));
    Map<String, String> known = new TreeMap<>();
    Failure.known().forEach(cause -> known.put(cause, Failure.of(cause).remedy().wire()));
    for (OwnCause cause : OwnCause.values()) {
      known.put(cause.wire(), cause.remedy().wire());
    }

    assertThat(documented).hasSizeGreaterThan(20).isEqualTo(known);
  }

  private static List<String> headings() {
    return read(HOUSE.resolve("docs/rules.md"))
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", ""))
        .toList();
  }

  /** The anchors that hosts of repositories make of headings. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
  }

  @SafeVarargs
  private static List<String> found(Pattern pattern, List<String>... texts) {
    return Stream.of(texts)
        .flatMap(List::stream)
        .flatMap(text -> pattern.matcher(text).results())
        .map(match -> match.group(match.groupCount()))
        .toList();
  }

  private static List<String> comments(String ending) {
    return texts(ending).stream().map(text -> text.replaceAll("\n\\s*(?:\\*|--) ?", " ")).toList();
  }

  /** The files of the repository whose names end so, without what a build makes. */
  private static List<String> texts(String ending) {
    List<String> texts = new ArrayList<>();
    FileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes ignored) {
            return MADE.contains(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes ignored) {
            if (file.toString().endsWith(ending)) {
              texts.add(read(file));
            }
            return FileVisitResult.CONTINUE;
          }
        };
    try {
      Files.walkFileTree(HOUSE, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
