package dev.sluice.service.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.service.http.edge.FrontLimits;
import io.dropwizard.util.DataSize;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

public class FrontSettings {

  private static final int MOST_CONNECTIONS = 25_000;

  /** A connection with its buffer; with TLS also its keys and the buffers of both directions. */
  private static final int CONNECTION_BYTES = 12 * 1024;

  private static final int TLS_CONNECTION_BYTES = 64 * 1024;

  private static final long LEAST_BODY_BYTES = 24 * 1024 * 1024;

  @JsonProperty
  @Min(0)
  @Max(1_000_000)
  int maxConnections = 0;

  @JsonProperty
  @Min(0)
  @Max(1_000_000)
  int maxConnectionsPerAddress = 0;

  @JsonProperty @NotNull DataSize bodyMemory = DataSize.bytes(0);

  @JsonProperty
  @Min(1)
  @Max(1_000_000)
  int minBytesPerSecond = 512;

  public FrontLimits limits(boolean tls) {
    return limits(tls, Runtime.getRuntime().maxMemory());
  }

  FrontLimits limits(boolean tls, long heap) {
    long room = heap / 4 / (tls ? TLS_CONNECTION_BYTES : CONNECTION_BYTES);
    int connections =
        maxConnections > 0 ? maxConnections : (int) Math.min(MOST_CONNECTIONS, Math.max(1, room));
    long bodies = bodyMemory.toBytes() > 0 ? bodyMemory.toBytes() : heap / 16;
    return new FrontLimits(
        connections,
        maxConnectionsPerAddress > 0 ? maxConnectionsPerAddress : Math.max(1, connections / 5 * 2),
        heap / 16,
        Math.max(LEAST_BODY_BYTES, bodies),
        heap / 8,
        minBytesPerSecond);
  }
}
