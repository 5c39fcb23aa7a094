package dev.sluice.service.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.service.api.answers.EventAnswers.Event;
import dev.sluice.service.http.Json;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event on its way to readers. It is written once for all streams that get it together. */
final class ToldEvent {

  private static final ObjectWriter JSON = Json.mapper().writer();

  final LoggedEvent event;
  private volatile byte @Nullable [] frame;

  private ToldEvent(LoggedEvent event) {
    this.event = event;
  }

  static List<ToldEvent> all(EventPage page) {
    return page.events().stream().map(ToldEvent::new).toList();
  }

  /** Returns the event as a stream sends it. */
  byte[] frame() {
    byte[] known = frame;
    if (known == null) {
      known =
          frame("id: " + event.number() + "\n", event.type().wire(), Event.of(event))
              .getBytes(UTF_8);
      frame = known;
    }
    return known;
  }

  /** {@code id} is a line, or empty. JSON is written without line breaks. */
  static String frame(String id, String type, Object data) {
    try {
      return id + "event: " + type + "\ndata: " + JSON.writeValueAsString(data) + "\n\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
