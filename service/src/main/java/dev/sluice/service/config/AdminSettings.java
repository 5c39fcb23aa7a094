package dev.sluice.service.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.service.http.edge.AdminGuard;
import jakarta.validation.constraints.NotNull;
import java.util.List;

public class AdminSettings {

  @JsonProperty @NotNull List<String> allowedHosts = List.of();

  @JsonProperty boolean tasks = false;

  @JsonProperty boolean diagnostics = false;

  public AdminGuard guard() {
    return new AdminGuard(allowedHosts, tasks, diagnostics);
  }
}
