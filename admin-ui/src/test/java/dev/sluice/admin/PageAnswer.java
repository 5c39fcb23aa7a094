package dev.sluice.admin;

import java.net.http.HttpHeaders;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What came back, and the page in it. */
public record PageAnswer(int status, HttpHeaders headers, String body, String url) {

  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  public Document document() {
    return Jsoup.parse(body, url);
  }

  /** The page's own content, without what stands around it. */
  public Element main() {
    return document().selectFirst("main");
  }

  /** The text of the page's own content. */
  public String text() {
    return main().text();
  }

  /** The texts of the cells of a row, found by a text in it. */
  public List<String> row(String withText) {
    return main().select("tbody tr").stream()
        .filter(row -> row.text().contains(withText))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row with " + withText + " in: " + text()))
        .children()
        .stream()
        .map(Element::text)
        .toList();
  }
}
