package dev.sluice.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.bench.wire.WireJson;
import java.io.IOException;
import java.util.List;

/** The registration and the polls of each stock client. */
enum StockDialect {
  /** The next poll comes an interval, and up to two fifths more, behind an answer. */
  TYPESCRIPT("capacity", "projects"),
  /** A ticker; one missed tick is kept. */
  GO_DAEMON("capacity", "projectIds"),
  /** The same, and no poll before the first tick. */
  SNAKE_CASE("max_agents", "projects");

  private final String capacityName;
  private final String projectsName;

  StockDialect(String capacityName, String projectsName) {
    this.capacityName = capacityName;
    this.projectsName = projectsName;
  }

  /** Lanes, and so workers, have them in turn. */
  static StockDialect of(int index) {
    return values()[index % values().length];
  }

  byte[] registration(String hostname, int capacity, List<String> projects) {
    return WireJson.object(
        json -> {
          json.writeStringField("hostname", hostname);
          json.writeNumberField(capacityName, capacity);
          json.writeStringField("version", "bench");
          if (!projects.isEmpty()) {
            json.writeArrayFieldStart(projectsName);
            for (String project : projects) {
              json.writeString(project);
            }
            json.writeEndArray();
          }
          marks(json, hostname, projects.isEmpty());
        });
  }

  /** What else tells its dialect. */
  private void marks(JsonGenerator json, String hostname, boolean allProjects) throws IOException {
    if (this == GO_DAEMON) {
      json.writeStringField("machineId", hostname);
      json.writeNumberField("projectAdmissionVersion", 2);
      json.writeStringField("projectAdmissionMode", allProjects ? "all-routed" : "enumerated");
    } else if (this == SNAKE_CASE) {
      json.writeNumberField("pid", 1);
    }
  }

  boolean pollsAtOnce() {
    return this != SNAKE_CASE;
  }
}
