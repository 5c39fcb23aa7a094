package dev.sluice.service.http.edge;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * A response that does not hold a thread for a slow client: it is copied and sent in the
 * background. If the memory for copies is used up, the thread waits. Copies for a client that is
 * gone are dropped and the call fails.
 */
final class ReleasedResponse extends Response.Wrapper implements Callback {

  private static final long GRACE_SECONDS = 10;

  private record Part(
      boolean last, @Nullable ByteBuffer content, Callback written, int size, int held) {}

  private final Budget memory;
  private final int minBytesPerSecond;
  private final Callback end;
  private int header;
  private final Sending sending = new Sending();
  private final Queue<Part> parts = new ArrayDeque<>(); // guards all below
  private @Nullable Part current;
  private @Nullable Throwable failure;
  private int unsent;
  private boolean last;
  private boolean served;

  ReleasedResponse(
      Request request, Response response, Callback end, Budget memory, int minBytesPerSecond) {
    super(request, response);
    this.end = end;
    this.memory = memory;
    this.minBytesPerSecond = minBytesPerSecond;
    this.header = HeaderMemory.cost(request.getHeaders()); // it stays until the answer is read
  }

  @Override
  public void write(boolean isLast, @Nullable ByteBuffer content, Callback callback) {
    int size = content == null ? 0 : content.remaining();
    int held = size + header;
    boolean copied = memory.take(held);
    header = copied ? 0 : header;
    @Nullable ByteBuffer own = content;
    if (copied && content != null) {
      own = ByteBuffer.allocate(size).put(content).flip();
    }
    boolean failed;
    synchronized (parts) {
      failed = failure != null;
      if (!failed) {
        last |= isLast;
        unsent += size;
        parts.add(
            new Part(isLast, own, copied ? Callback.NOOP : callback, size, copied ? held : 0));
      }
    }
    if (failed) {
      memory.release(copied ? held : 0);
      callback.succeeded(); // the end of the call tells
      return;
    }
    sending.iterate();
    if (copied) {
      callback.succeeded();
    }
  }

  @Override
  public boolean hasLastWrite() {
    synchronized (parts) {
      return last || super.hasLastWrite();
    }
  }

  @Override
  public void succeeded() {
    int left;
    @Nullable Throwable failed;
    synchronized (parts) {
      served = true;
      left = unsent;
      failed = failure;
    }
    if (failed != null) {
      end.failed(failed);
      return;
    }
    sending.iterate();
    if (left > 0) {
      getRequest()
          .getComponents()
          .getScheduler()
          .schedule(this::giveUp, GRACE_SECONDS + left / minBytesPerSecond, TimeUnit.SECONDS);
    }
  }

  @Override
  public void failed(Throwable problem) {
    boolean pending;
    synchronized (parts) {
      served = true;
      pending = failure == null && current != null;
    }
    if (pending) {
      close(problem); // what is being sent fails, and ends the call
    } else {
      end.failed(problem);
    }
  }

  private void giveUp() {
    synchronized (parts) {
      if (unsent == 0 || failure != null) {
        return;
      }
    }
    close(new TimeoutException("read at fewer than " + minBytesPerSecond + " bytes a second"));
  }

  private void close(Throwable why) {
    getRequest().getConnectionMetaData().getConnection().getEndPoint().close(why);
  }

  private void send(Part part, Callback sent) {
    super.write(part.last(), part.content(), sent);
  }

  private final class Sending extends IteratingCallback {
    @Override
    protected Action process() {
      Part next;
      synchronized (parts) {
        next = parts.poll();
        current = next;
        if (next == null) {
          return served ? Action.SUCCEEDED : Action.IDLE;
        }
      }
      send(next, this);
      return Action.SCHEDULED;
    }

    @Override
    protected void onSuccess() {
      @Nullable Part sent;
      synchronized (parts) {
        sent = current;
        current = null;
        unsent -= sent == null ? 0 : sent.size();
      }
      if (sent != null) {
        memory.release(sent.held());
        sent.written().succeeded();
      }
    }

    @Override
    protected void onCompleteSuccess() {
      end.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable problem) {
      Queue<Part> lost = new ArrayDeque<>();
      boolean over;
      synchronized (parts) {
        failure = problem;
        over = served;
        if (current != null) {
          lost.add(current);
        }
        current = null;
        lost.addAll(parts);
        parts.clear();
      }
      for (Part part : lost) {
        memory.release(part.held());
        part.written().succeeded(); // a client that is gone is no fault of the call
      }
      if (over) {
        end.failed(problem);
      }
    }
  }
}
