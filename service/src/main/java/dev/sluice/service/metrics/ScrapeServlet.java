package dev.sluice.service.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;

/** Default is the Prometheus text format. */
final class ScrapeServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient PrometheusRegistry registry;
  private final transient ExpositionFormats formats = ExpositionFormats.init();

  private final transient Consumer<PrometheusRegistry> late;
  private transient boolean complete;

  /** {@code late} registers more at the first scrape. */
  ScrapeServlet(PrometheusRegistry registry, Consumer<PrometheusRegistry> late) {
    this.registry = registry;
    this.late = late;
  }

  private synchronized MetricSnapshots scrape() {
    if (!complete) {
      late.accept(registry);
      complete = true;
    }
    return registry.scrape();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String accept = request.getHeader("Accept");
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream text = new ByteArrayOutputStream(); // so that a failure is no half answer
    writer.write(text, scrape(), EscapingScheme.fromAcceptHeader(accept));
    response.setContentType(writer.getContentType());
    response.setHeader("Cache-Control", "no-store");
    text.writeTo(response.getOutputStream());
  }
}
