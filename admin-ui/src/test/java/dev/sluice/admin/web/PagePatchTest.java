package dev.sluice.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.live.OpenPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagePatchTest {

  @ParameterizedTest
  @CsvSource({
    "<p>a</p>, <p>b</p>",
    "<p>a</p>, ''",
    "'', <p>a</p>",
    "no tag, no tag",
    "<<a<, <a<<",
    "a<p>\ud83d\ude00</p>, b<p>\ud83d\ude00\"'\\</p>"
  })
  void leadsFromOneTextToTheOther(String before, String after) {
    assertThat(OpenPage.patched(before, PagePatch.of(before, after))).isEqualTo(after);
  }

  @RepeatedTest(500)
  void leadsFromAnyTextToAnyOther(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> pieces = new ArrayList<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      pieces.add("<" + random.nextInt(12));
    }
    String before = String.join("", pieces);
    for (int i = random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(pieces.size() + 1);
      if (random.nextBoolean() || at == pieces.size()) {
        pieces.add(at, "<" + random.nextInt(20));
      } else {
        pieces.remove(at);
      }
    }
    String after = String.join("", pieces);

    assertThat(OpenPage.patched(before, PagePatch.of(before, after))).isEqualTo(after);
  }

  @Test
  void namesWhatStays() {
    String rows = "<tr><th>a</th><td>1</td></tr><tr><th>b</th><td>1</td></tr>";

    assertThat(PagePatch.of(rows, rows)).isEqualTo("{\"parts\":[[0,12]]}");
    assertThat(PagePatch.of(rows, rows.replace("b</th><td>1", "b</th><td>2")))
        .isEqualTo("{\"parts\":[[0,9],\"<td>2\",[10,12]]}");
    assertThat(PagePatch.of(rows, rows.substring(rows.length() / 2)))
        .isEqualTo("{\"parts\":[[0,1],\"<th>b\",[2,6]]}");
  }
}
