package dev.sluice.service.traces;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.service.LoopbackHttp;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;

/** A collector that reads OTLP over HTTP. */
public final class CollectorStandIn implements AutoCloseable {

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private volatile boolean hangs;
  private volatile int status = 200;

  /** A span, with ids in hex. */
  public record Received(Map<String, String> resource, Span span) {

    public String traceId() {
      return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    public String id() {
      return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    public String parentId() {
      return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
    }

    /** The spans that it links to. */
    public List<String> links() {
      return span.getLinksList().stream()
          .map(link -> HexFormat.of().formatHex(link.getSpanId().toByteArray()))
          .toList();
    }

    public Map<String, String> attributes() {
      return texts(span.getAttributesList());
    }
  }

  public CollectorStandIn() throws IOException {
    server = LoopbackHttp.create();
    server.createContext("/v1/traces", this::answer);
    server.setExecutor(task -> new Thread(task, "collector").start());
    server.start();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
  }

  public List<Received> spans() {
    return List.copyOf(received);
  }

  /** The headers of each post. */
  public List<Map<String, List<String>>> headers() {
    return List.copyOf(headers);
  }

  public void answers(int other) {
    status = other;
  }

  /** Answers nothing from now on. */
  public void hang() {
    hangs = true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    headers.add(Map.copyOf(exchange.getRequestHeaders()));
    byte[] body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
    if (hangs) {
      try {
        hanging.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
    if (status == 200) {
      for (ResourceSpans each : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
        Map<String, String> resource = texts(each.getResource().getAttributesList());
        each.getScopeSpansList()
            .forEach(
                scope ->
                    scope.getSpansList().forEach(s -> received.add(new Received(resource, s))));
      }
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static Map<String, String> texts(List<KeyValue> pairs) {
    Map<String, String> texts = new TreeMap<>();
    for (KeyValue pair : pairs) {
      AnyValue value = pair.getValue();
      texts.put(
          pair.getKey(),
          switch (value.getValueCase()) {
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
            default -> value.getStringValue();
          });
    }
    return texts;
  }

  /** Waits until it has so many spans. */
  public List<Received> await(int count) throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (received.size() < count && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    return new ArrayList<>(received);
  }

  @Override
  public void close() {
    hanging.countDown();
    server.stop(0);
  }
}
