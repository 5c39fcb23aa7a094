package dev.sluice.service.traces;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes spans. */
interface Collector extends AutoCloseable {

  /** Returns null, or why it didn't take them within the time. */
  @Nullable String take(List<Span> spans, Duration longest);

  @Override
  void close();
}
