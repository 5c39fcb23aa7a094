package dev.sluice.service.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A description in a subset of CommonMark: paragraphs and code in backticks. */
public record Prose(List<Paragraph> paragraphs) {

  public record Paragraph(List<Piece> pieces) {}

  public record Piece(String text, boolean code) {}

  public static Prose of(String text) {
    return new Prose(
        Arrays.stream(text.split("\n\n"))
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .map(each -> new Paragraph(pieces(each.replace('\n', ' '))))
            .toList());
  }

  private static List<Piece> pieces(String paragraph) {
    List<Piece> pieces = new ArrayList<>();
    boolean code = false;
    for (String part : paragraph.split("`", -1)) {
      if (!part.isEmpty()) {
        pieces.add(new Piece(part, code));
      }
      code = !code;
    }
    return pieces;
  }
}
