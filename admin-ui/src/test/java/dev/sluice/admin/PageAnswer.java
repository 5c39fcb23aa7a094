package dev.sluice.admin;

import java.net.http.HttpHeaders;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

public record PageAnswer(int status, HttpHeaders headers, String body, String url) {

  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  public Document document() {
    return Jsoup.parse(body, url);
  }

  public Element main() {
    return document().selectFirst("main");
  }

  public String text() {
    return main().text();
  }

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
