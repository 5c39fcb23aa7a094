package dev.sluice.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.bench.Findings.Finding;
import dev.sluice.bench.figures.Figure;
import dev.sluice.bench.figures.Figures;
import dev.sluice.bench.wire.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

record BenchReport(
    BenchOptions options,
    Figures figures,
    List<Finding> failed,
    String failure,
    List<String> notes) {

  boolean passed() {
    return failed.isEmpty() && failure.isEmpty();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "bench %s, %s", options.mode().word(), setting());
    if (!options.anyIds()) {
      line(text, "session ids and projects: %s...", options.prefix());
    }
    if (!figures.measured().isEmpty()) {
      line(text, "");
      if (options.runs() > 1) {
        line(text, "%-16s %12s %12s %12s", "", "min", "median", "max");
      }
      for (Figure figure : figures.measured()) {
        Figures.Summary over = figures.summary(figure);
        if (options.runs() > 1) {
          line(
              text,
              "%-16s %12s %12s %12s %s",
              figure.label(),
              number(over.min()),
              number(over.median()),
              number(over.max()),
              figure.unit());
        } else {
          line(text, "%-16s %12s %s", figure.label(), number(over.median()), figure.unit());
        }
      }
    }
    line(text, "");
    notes.forEach(note -> line(text, "note: %s", note));
    if (!failure.isEmpty()) {
      line(text, "FAILED: %s", failure);
    }
    for (Finding finding : failed) {
      line(
          text,
          "CHECK FAILED, %s: %s (%d)",
          finding.check().key(),
          finding.check().meaning(),
          finding.count());
      finding.offenders().forEach(offender -> line(text, "  %s", offender));
      if (finding.count() > finding.offenders().size()) {
        line(text, "  ...");
      }
    }
    if (passed()) {
      line(text, "all checks passed");
    }
    return text.toString();
  }

  private String setting() {
    String workers =
        options.workers()
            + (options.stock() ? " stock workers" : " workers")
            + (options.allProjects() ? " of all projects" : "")
            + " over "
            + options.connections()
            + " connections at ";
    String items =
        switch (options.mode()) {
          case DRAIN, WAITING ->
              options.items()
                  + " items of "
                  + options.payloadBytes()
                  + " bytes in "
                  + options.projects()
                  + " project(s), "
                  + (options.mode() == BenchMode.WAITING ? options.polls() + " polls, " : "");
          case EMPTY_POLLS, HEARTBEATS, LADDER -> "";
          case DISPATCH -> (options.burst() ? "a burst" : options.rate() + " items/s") + ", ";
        };
    return items + workers + options.url() + ", " + options.runs() + " run(s)";
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private static String number(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  String json() {
    return new String(WireJson.object(this::write), StandardCharsets.UTF_8);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStringField("mode", options.mode().word());
    json.writeStringField("url", options.url().toString());
    json.writeStringField("prefix", options.prefix());
    json.writeStringField("workersUrl", options.workersUrl().toString());
    json.writeNumberField("rate", options.rate());
    json.writeBooleanField("burst", options.burst());
    json.writeBooleanField("stock", options.stock());
    json.writeNumberField("items", options.items());
    json.writeNumberField("payloadBytes", options.payloadBytes());
    json.writeNumberField("projects", options.projects());
    json.writeBooleanField("allProjects", options.allProjects());
    json.writeNumberField("workers", options.workers());
    json.writeNumberField("connections", options.connections());
    json.writeNumberField("polls", options.polls());
    json.writeBooleanField("complete", options.complete());
    json.writeNumberField("runs", options.runs());
    json.writeObjectFieldStart("figures");
    for (Figure figure : figures.measured()) {
      Figures.Summary over = figures.summary(figure);
      json.writeObjectFieldStart(figure.key());
      json.writeNumberField("min", over.min());
      json.writeNumberField("median", over.median());
      json.writeNumberField("max", over.max());
      json.writeArrayFieldStart("runs");
      for (double value : figures.runs(figure)) {
        json.writeNumber(value);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeBooleanField("passed", passed());
    json.writeStringField("failure", failure);
    json.writeArrayFieldStart("failedChecks");
    for (Finding finding : failed) {
      json.writeStartObject();
      json.writeStringField("check", finding.check().key());
      json.writeNumberField("count", finding.count());
      strings(json, "offenders", finding.offenders());
      json.writeEndObject();
    }
    json.writeEndArray();
    strings(json, "notes", notes);
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
