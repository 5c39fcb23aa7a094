package dev.sluice.bench;

import dev.sluice.bench.figures.Samples;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Readers of the server's events over streams, all on one thread, so that the tool takes little of
 * the machine that it shares with the server. They tell how old events are when they arrive.
 */
final class EventStreams implements AutoCloseable {

  /** Whatever comes last of a session: a measurement leaves no dead letters. */
  private static final String QUIET = "&types=session.dead";

  private static final String TIME = "\"time\":";

  /** Of a time. */
  private static final int DIGITS = 13;

  private static final long OPEN_MS = 30_000;
  private static final int BUFFER = 1 << 16;

  private final Selector selector;
  private final List<Stream> streams = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final Thread thread = new Thread(this::run, "bench events");
  private Samples ages = new Samples();
  private final AtomicInteger opened = new AtomicInteger();
  private volatile @Nullable IOException failure;

  /** The part of a line that has arrived. */
  private static final class Stream {
    private final SocketChannel channel;
    private final StringBuilder line = new StringBuilder();
    private boolean open;

    Stream(SocketChannel channel) {
      this.channel = channel;
    }
  }

  private EventStreams() throws IOException {
    selector = Selector.open();
    thread.setDaemon(true);
  }

  /**
   * Returns once all streams are open.
   *
   * @param all readers of all events
   * @param quiet readers of events that don't come
   */
  static EventStreams open(URI url, String bearer, int all, int quiet)
      throws IOException, InterruptedException {
    EventStreams streams = new EventStreams();
    for (int i = 0; i < all + quiet; i++) {
      streams.add(url, bearer, i < all ? "" : QUIET);
    }
    streams.thread.start();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(OPEN_MS);
    while (streams.opened.get() < all + quiet) {
      streams.check();
      if (System.nanoTime() > end) {
        throw new IOException(streams.opened + " streams of events are open after 30 s");
      }
      Thread.sleep(10); // between two looks
    }
    return streams;
  }

  private void add(URI url, String bearer, String filter) throws IOException {
    int port = url.getPort() < 0 ? 80 : url.getPort();
    SocketChannel channel = SocketChannel.open(new InetSocketAddress(url.getHost(), port));
    streams.add(new Stream(channel));
    String request =
        "GET "
            + url.getPath().replaceAll("/$", "")
            + "/api/events?after=latest"
            + filter
            + " HTTP/1.1\r\nHost: "
            + url.getHost()
            + "\r\nAuthorization: Bearer "
            + bearer
            + "\r\nAccept: text/event-stream\r\nUser-Agent: sluice-bench\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, streams.get(streams.size() - 1));
  }

  private void run() {
    try {
      while (selector.isOpen()) {
        selector.select(key -> read((Stream) key.attachment()));
      }
    } catch (ClosedSelectorException e) {
      // at the end
    } catch (IOException e) {
      failure = e;
    }
  }

  private void read(Stream stream) {
    try {
      buffer.clear();
      if (stream.channel.read(buffer) < 0) {
        throw new IOException("a stream of events ended");
      }
    } catch (IOException e) {
      if (selector.isOpen()) {
        failure = e;
      }
      close(stream);
      return;
    }
    long now = System.currentTimeMillis();
    buffer.flip();
    while (buffer.hasRemaining()) {
      byte each = buffer.get();
      if (each == '\n') {
        line(stream, now);
        stream.line.setLength(0);
      } else {
        stream.line.append((char) each);
      }
    }
  }

  private void line(Stream stream, long now) {
    if (!stream.open) {
      stream.open = true;
      opened.incrementAndGet();
      if (stream.line.indexOf(" 200") < 0) {
        failure = new IOException("a stream of events was answered " + stream.line);
      }
    }
    int time = stream.line.indexOf(TIME);
    if (time > 0) {
      int begin = time + TIME.length();
      int end = begin;
      while (end < stream.line.length() && Character.isDigit(stream.line.charAt(end))) {
        end++;
      }
      if (end - begin == DIGITS) { // else a chunk of the answer ends within it
        age(now - Long.parseLong(stream.line, begin, end, 10));
      }
    }
  }

  private synchronized void age(long ms) {
    ages.add(TimeUnit.MILLISECONDS.toNanos(Math.max(0, ms)));
  }

  /** Ages of the events that have arrived since the last call, by the clock of this machine. */
  synchronized Samples take() {
    Samples taken = ages;
    ages = new Samples();
    return taken;
  }

  /**
   * @throws IOException if a stream has failed
   */
  void check() throws IOException {
    IOException failed = failure;
    if (failed != null) {
      throw new IOException("events: " + failed.getMessage(), failed);
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      // it is of no use any more
    }
    streams.forEach(EventStreams::close);
  }

  private static void close(Stream stream) {
    try {
      stream.channel.close();
    } catch (IOException e) {
      // it is of no use any more
    }
  }
}
