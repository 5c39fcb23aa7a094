package dev.sluice.admin.live;

import dev.sluice.admin.Visitor;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The event stream of a tab, without a thread or queue: a tab that hasn't read one event when the
 * next is due is dropped.
 */
final class EventStream implements WriteListener, AsyncListener {

  private static final long BEAT = Duration.ofSeconds(5).toNanos();

  /** The browser's pause before it reconnects, ms. */
  private static final String HELLO = "retry: 2000\n\n";

  private final Visitor visitor;
  private final AsyncContext context;
  private final ServletOutputStream out;
  private final BooleanSupplier known;
  private final long endsAt;
  private final Consumer<EventStream> onEnd;

  private boolean writable;
  private boolean ended;
  private @Nullable String owed;
  private FleetEvent last;
  private long sentAt;
  private long checkedAt;

  /**
   * @param known true while the visitor is logged in
   * @param now nanoseconds, like all times here
   * @param onEnd called once
   */
  EventStream(
      Visitor visitor,
      AsyncContext context,
      BooleanSupplier known,
      long now,
      long endsAt,
      FleetEvent first,
      Consumer<EventStream> onEnd)
      throws IOException {
    this.visitor = visitor;
    this.context = context;
    this.out = context.getResponse().getOutputStream();
    this.known = known;
    this.endsAt = endsAt;
    this.onEnd = onEnd;
    this.last = first;
    this.sentAt = now;
    this.checkedAt = now;
    this.owed = HELLO + first.text();
  }

  void begin() {
    context.addListener(this);
    out.setWriteListener(this);
  }

  Visitor visitor() {
    return visitor;
  }

  synchronized void seen(FleetEvent event, long now) {
    boolean beat = now - sentAt >= BEAT;
    if (now - endsAt >= 0 || forgotten(now)) {
      end();
    } else if (beat || !event.mark().equals(last.mark())) {
      String text = event.text(last);
      last = event;
      sentAt = now;
      send(text);
    }
  }

  private boolean forgotten(long now) {
    if (now - checkedAt < BEAT) {
      return false;
    }
    checkedAt = now;
    return !known.getAsBoolean();
  }

  private void send(String text) {
    if (ended) {
      return;
    }
    if (owed != null || (writable && !out.isReady())) {
      end(); // it hasn't taken the one before
    } else if (writable) {
      write(text);
    } else {
      owed = text;
    }
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      if (out.isReady()) {
        out.flush();
      }
    } catch (IOException e) {
      end();
    }
  }

  @Override
  public synchronized void onWritePossible() {
    writable = true;
    String text = owed;
    owed = null;
    if (text != null && !ended) {
      write(text);
    }
  }

  synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    onEnd.accept(this);
    try {
      context.complete();
    } catch (IllegalStateException e) {
      // the connection is gone, and with it the request
    }
  }

  @Override
  public void onError(Throwable gone) {
    end();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    end();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    end();
  }

  @Override
  public void onError(AsyncEvent event) {
    end();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // it is started once
  }
}
