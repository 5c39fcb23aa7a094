package dev.sluice.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.service.edge.FrontLimits;
import io.dropwizard.util.DataSize;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

public class FrontSettings {

  private static final long LEAST_BODY_BYTES = 24 * 1024 * 1024;

  @JsonProperty
  @Min(1)
  @Max(1_000_000)
  int maxConnections = 25_000;

  @JsonProperty
  @Min(1)
  @Max(1_000_000)
  int maxConnectionsPerAddress = 10_000;

  @JsonProperty @NotNull DataSize bodyMemory = DataSize.bytes(0);

  @JsonProperty
  @Min(1)
  @Max(1_000_000)
  int minBytesPerSecond = 512;

  FrontLimits limits() {
    long heap = Runtime.getRuntime().maxMemory();
    long bodies = bodyMemory.toBytes() > 0 ? bodyMemory.toBytes() : heap / 16;
    return new FrontLimits(
        maxConnections,
        maxConnectionsPerAddress,
        Math.max(LEAST_BODY_BYTES, bodies),
        heap / 8,
        minBytesPerSecond);
  }
}
