package dev.sluice.service.traces;

import dev.sluice.backend.nodes.NodeInfo;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A collector that speaks OTLP over HTTP. */
final class OtlpCollector implements Collector {

  /** Would log a stack trace for each failure. The callers tell of them. */
  private static final Logger EXPORTERS = Logger.getLogger("io.opentelemetry.exporter");

  static {
    EXPORTERS.setLevel(Level.OFF);
  }

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final OtlpHttpSpanExporter exporter;
  private final Resource resource;

  OtlpCollector(TraceBlock block) {
    URI endpoint = Objects.requireNonNull(block.endpoint());
    Map<String, String> headers = Objects.requireNonNull(block.headers());
    OtlpHttpSpanExporterBuilder builder =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint.toString())
            .setCompression("gzip")
            .setConnectTimeout(CONNECT)
            .setTimeout(LONGEST)
            .setRetryPolicy(null)
            .setMeterProvider(MeterProvider.noop());
    headers.forEach(builder::addHeader);
    exporter = builder.build();
    resource =
        Resource.create(
            Attributes.builder()
                .put("service.name", block.serviceName)
                .put("service.version", NodeInfo.RELEASE)
                .build());
  }

  @Override
  public @Nullable String take(List<Span> spans, Duration longest) {
    CompletableResultCode result =
        exporter.export(spans.stream().map(span -> (SpanData) new Ended(span, resource)).toList());
    result.join(longest.toMillis(), TimeUnit.MILLISECONDS);
    if (result.isSuccess()) {
      return null;
    }
    Throwable problem = result.getFailureThrowable();
    if (problem == null) {
      return "it doesn't answer";
    }
    return problem.getCause() == null ? "it refuses them" : problem.getCause().toString();
  }

  @Override
  public void close() {
    exporter.shutdown();
  }

  private record Ended(Span span, Resource resource) implements SpanData {

    private static final InstrumentationScopeInfo SCOPE =
        InstrumentationScopeInfo.create("dev.sluice");

    @Override
    public String getName() {
      return span.name();
    }

    @Override
    public SpanKind getKind() {
      return SpanKind.valueOf(span.kind().name());
    }

    @Override
    public SpanContext getSpanContext() {
      return context(span.id());
    }

    @Override
    public SpanContext getParentSpanContext() {
      return span.parentId() == null ? SpanContext.getInvalid() : context(span.parentId());
    }

    private SpanContext context(String id) {
      return SpanContext.create(
          span.traceId(), id, TraceFlags.getSampled(), TraceState.getDefault());
    }

    @Override
    public StatusData getStatus() {
      return span.failed() ? StatusData.error() : StatusData.unset();
    }

    @Override
    public long getStartEpochNanos() {
      return TimeUnit.MILLISECONDS.toNanos(span.startMs());
    }

    @Override
    public long getEndEpochNanos() {
      return TimeUnit.MILLISECONDS.toNanos(span.endMs());
    }

    @Override
    public Attributes getAttributes() {
      AttributesBuilder attributes = Attributes.builder();
      span.attributes()
          .forEach(
              (name, value) -> {
                if (value instanceof Long number) {
                  attributes.put(name, number);
                } else if (value instanceof Double number) {
                  attributes.put(name, number);
                } else {
                  attributes.put(name, value.toString());
                }
              });
      return attributes.build();
    }

    @Override
    public List<EventData> getEvents() {
      return List.of();
    }

    @Override
    public List<LinkData> getLinks() {
      @Nullable String linked = span.linkedId();
      return linked == null ? List.of() : List.of(LinkData.create(context(linked)));
    }

    @Override
    public boolean hasEnded() {
      return true;
    }

    @Override
    public int getTotalRecordedEvents() {
      return 0;
    }

    @Override
    public int getTotalRecordedLinks() {
      return getLinks().size();
    }

    @Override
    public int getTotalAttributeCount() {
      return span.attributes().size();
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
      return SCOPE;
    }

    @Deprecated
    @Override
    public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
      return io.opentelemetry.sdk.common.InstrumentationLibraryInfo.create("dev.sluice", null);
    }

    @Override
    public Resource getResource() {
      return resource;
    }
  }
}
