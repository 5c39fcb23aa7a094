package dev.sluice.service.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The client of a stream, which reads when it is told to. */
final class StreamClient extends ServletOutputStream {

  private static final Pattern EVENT = Pattern.compile("id: (\\d+)\nevent: ");

  private final ByteArrayOutputStream got = new ByteArrayOutputStream();
  private @Nullable WriteListener listener;
  private boolean begun;
  private boolean reads = true;
  private boolean awaited;
  private boolean unread;
  private boolean ended;
  private boolean abandoned;
  private boolean released;

  AsyncContext context() {
    ServletResponse response =
        (ServletResponse)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServletResponse.class},
                (proxy, method, arguments) -> this);
    return (AsyncContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {AsyncContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("complete")) {
                ended = true;
              }
              return method.getName().equals("getResponse") ? response : null;
            });
  }

  void abandon() {
    abandoned = true;
  }

  void release() {
    released = true;
  }

  /** Begins or stops to read. */
  void reads(boolean now) {
    reads = now;
    turn();
  }

  /** Does what the container does meanwhile. */
  void turn() {
    if (listener != null && !begun) {
      begun = true;
      possible();
    }
    if (reads) {
      unread = false;
      if (awaited) {
        awaited = false;
        possible();
      }
    }
  }

  private void possible() {
    try {
      listener.onWritePossible();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Long> ids() {
    return EVENT.matcher(text()).results().map(StreamClient::id).toList();
  }

  private static long id(MatchResult event) {
    return Long.parseLong(event.group(1));
  }

  String text() {
    return got.toString(UTF_8);
  }

  int bytes() {
    return got.size();
  }

  boolean isEnded() {
    return ended && released;
  }

  boolean isAbandoned() {
    return abandoned && released;
  }

  @Override
  public boolean isReady() {
    awaited |= unread;
    return !unread;
  }

  @Override
  public void setWriteListener(WriteListener given) {
    listener = given;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b});
  }

  @Override
  public void write(byte[] bytes) {
    if (unread || awaited) {
      throw new IllegalStateException("it has not read");
    }
    got.writeBytes(bytes);
    unread = !reads;
  }

  @Override
  public void flush() {
    if (unread || awaited) {
      throw new IllegalStateException("it has not read");
    }
  }
}
