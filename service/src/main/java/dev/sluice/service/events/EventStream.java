package dev.sluice.service.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.events.EventPage;
import dev.sluice.service.api.answers.EventAnswers.CursorExpired;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A stream of server-sent events, without a thread. It sends parts of about {@value #PART_BYTES}
 * bytes, and takes no more events until its client has read the last one.
 */
public final class EventStream extends EventReader implements WriteListener, AsyncListener {

  public static final int PART_BYTES = 8 * 1024;

  /** About as many events as have room in a part. */
  private static final int STEP = 64;

  private static final long PULSE = Duration.ofSeconds(15).toNanos();
  private static final long MOST_BLOCKED = Duration.ofSeconds(30).toNanos();
  private static final long CHECK = Duration.ofSeconds(5).toNanos();
  private static final long RETRY = Duration.ofSeconds(1).toNanos();

  /** The client's pause before it reconnects, ms. */
  private static final String HELLO = "retry: 2000\n\n";

  private enum Phase {
    /** The client has to read first. */
    BLOCKED,
    /** A page of the store is being read. */
    READING,
    FOLLOWING,
    /** The store doesn't answer. */
    AWAY,
    ENDED
  }

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final BooleanSupplier stands;
  private final Runnable abandon;
  private final Runnable onEnd;
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private Phase phase = Phase.BLOCKED;

  /** Start of the phase, ns. */
  private long since;

  private boolean unflushed;
  private boolean last;
  private long toldAt;
  private long sentAt;
  private long checkedAt;

  /**
   * @param context of the response, whose headers are set
   * @param stands true while the credential of the caller counts; may read the store
   * @param abandon ends the call of a client that doesn't read
   * @param onEnd called once
   */
  public EventStream(
      EventTails tails,
      String org,
      EventFilter filter,
      AsyncContext context,
      BooleanSupplier stands,
      Runnable abandon,
      Runnable onEnd)
      throws IOException {
    super(tails.log(), tails, org, filter);
    this.context = context;
    this.out = context.getResponse().getOutputStream();
    this.stands = stands;
    this.abandon = abandon;
    this.onEnd = onEnd;
  }

  /** Refuses an expired cursor with an exception; then nothing has been sent. */
  public synchronized void begin(EventCursor cursor) {
    first(cursor, 1);
    toldAt = at();
    long now = tails.now();
    sentAt = now;
    checkedAt = now;
    since = now;
    part.writeBytes(HELLO.getBytes(UTF_8));
    context.addListener(this);
    out.setWriteListener(this);
    tails.open(this);
  }

  @Override
  boolean hasRoom() {
    return part.size() < PART_BYTES;
  }

  @Override
  void add(ToldEvent told) {
    part.writeBytes(told.frame());
    toldAt = told.event.number();
  }

  @Override
  public synchronized void onWritePossible() throws IOException {
    if (phase == Phase.BLOCKED && sent()) {
      readOn();
    }
  }

  /** Sends the part. False if the client has to read first; then the container calls again. */
  private boolean sent() throws IOException {
    if (part.size() > 0) {
      sentAt = tails.now();
    }
    while (out.isReady()) {
      if (part.size() > 0) {
        out.write(part.toByteArray());
        part.reset();
        unflushed = true;
      } else if (unflushed) {
        unflushed = false;
        out.flush();
      } else {
        return true;
      }
    }
    return false;
  }

  /** Sends the part, and waits for the client if it has to. Returns true if there is room again. */
  private boolean send() {
    try {
      if (sent()) {
        return true;
      }
      enter(Phase.BLOCKED);
      tails.leave(this);
    } catch (IOException gone) {
      end();
    }
    return false;
  }

  private void enter(Phase next) {
    phase = next;
    since = tails.now();
  }

  private void readOn() {
    enter(Phase.READING);
    if (last) {
      end();
    } else {
      tails.read(this::look);
    }
  }

  private void look() {
    try {
      read(next(step(STEP)));
    } catch (RuntimeException e) {
      away(e);
    }
  }

  private synchronized void read(EventPage page) {
    if (phase != Phase.READING) {
      return;
    }
    if (isExpired(page)) {
      String oldest = Long.toString(EventCursor.oldest(page));
      String farewell = ToldEvent.frame("", "cursor-expired", new CursorExpired(oldest));
      part.writeBytes(farewell.getBytes(UTF_8));
      last = true;
    } else {
      take(ToldEvent.all(page));
    }
    pulse();
    if (!send()) {
      return;
    }
    if (!last && at() >= page.latest() && tails.follow(this)) {
      enter(Phase.FOLLOWING);
    } else {
      readOn();
    }
  }

  private synchronized void away(RuntimeException problem) {
    if (phase != Phase.READING) {
      return;
    }
    if (problem instanceof BackendUnavailableException) {
      enter(Phase.AWAY);
    } else {
      end();
    }
  }

  @Override
  synchronized void more(List<ToldEvent> events) {
    boolean all = false;
    while (!all && phase == Phase.FOLLOWING) {
      all = take(events);
      if (!send()) {
        return;
      }
    }
  }

  @Override
  synchronized void lost() {
    if (phase == Phase.FOLLOWING) {
      readOn();
    }
  }

  /** The stream outlives a store that is away. */
  @Override
  synchronized void failed(RuntimeException problem) {
    if (!(problem instanceof BackendUnavailableException)) {
      end();
    }
  }

  @Override
  synchronized void beat(long now) {
    switch (phase) {
      case BLOCKED -> {
        if (now - since >= MOST_BLOCKED) {
          end();
          return;
        }
      }
      case AWAY, FOLLOWING -> {
        pulse();
        if (part.size() > 0 && !send()) {
          return;
        }
        if (phase == Phase.AWAY && now - since >= RETRY) {
          readOn();
        }
      }
      default -> {}
    }
    if (now - checkedAt >= CHECK) {
      checkedAt = now;
      tails.read(this::check);
    }
  }

  /** Shows that the stream lives, and how far its reader has come without an event. */
  private void pulse() {
    if (tails.now() - sentAt >= PULSE && part.size() == 0) {
      String id = at() == toldAt ? "" : "id: " + at() + "\n";
      toldAt = at();
      part.writeBytes((":\n" + id + "\n").getBytes(UTF_8));
    }
  }

  private void check() {
    if (!stands.getAsBoolean()) {
      stop();
    }
  }

  @Override
  synchronized void stop() {
    end();
  }

  private void end() {
    if (phase == Phase.ENDED) {
      return;
    }
    boolean blocked = phase == Phase.BLOCKED;
    enter(Phase.ENDED);
    tails.close(this);
    onEnd.run();
    if (blocked) {
      abandon.run(); // what it hasn't read would keep the call open
      return;
    }
    try {
      context.complete();
    } catch (IllegalStateException e) {
      // the connection is gone, and with it the request
    }
  }

  @Override
  public void onError(Throwable gone) {
    stop();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    stop();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    stop();
  }

  @Override
  public void onError(AsyncEvent event) {
    stop();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // it is started once
  }
}
