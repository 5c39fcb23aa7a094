package dev.sluice.service.http.edge;

import dev.sluice.service.http.edge.RefusedBody.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Receives a body before the call is served, without holding a thread.
 *
 * <p>A small body that came with its header is taken at once. For any other, the credential is
 * checked first.
 */
final class IncomingBody implements Invocable.Task {

  /** Maximum bytes of a refused body that are received and dropped before the answer. */
  private static final long MOST_DROPPED = 16L * 1024 * 1024;

  /** After this silence the client is assumed to wait for the answer. */
  private static final long SILENCE_MS = 1_000;

  private static final long MOST_DROPPING_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Request request;
  private final BodyRules rules;
  private final Predicate<Request> known;
  private final Runnable then;
  private final String path;
  private final long announced;
  private final long beginNanos = System.nanoTime();

  private byte[] bytes;
  private int length;
  private boolean complete;
  private boolean judged;
  private boolean ofKnown;
  private int header;
  private int held;
  private int limit = BodyRules.STRANGER_BYTES;
  private @Nullable RefusedBody refused;
  private long dropped;
  private boolean dropping;
  private volatile long lastNanos = System.nanoTime();
  private final AtomicBoolean served = new AtomicBoolean();

  /** {@code then} serves the call after a wait for the body. */
  IncomingBody(Request request, BodyRules rules, Predicate<Request> known, Runnable then) {
    this.request = request;
    this.rules = rules;
    this.known = known;
    this.then = then;
    this.path = Request.getPathInContext(request);
    this.announced = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    this.bytes = new byte[announced >= 0 && announced < limit ? (int) announced : 1024];
  }

  static boolean in(Request request) {
    return request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > 0
        || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  /** True if the call can be served at once. */
  boolean receive() {
    if (announced > limit) {
      judge();
      if (announced > limit) {
        refuse(Reason.TOO_LARGE, limit);
      }
    }
    if (over() || read()) {
      return refused == null || serveRefused();
    }
    judge();
    if (over()) {
      return serveRefused();
    }
    request.demand(this); // from here on this is that thread's
    return false;
  }

  /**
   * Drops the rest of a refused body: most clients read no answer before they have sent their body,
   * and closing early would lose the answer. True if the refusal can be answered at once.
   */
  private boolean serveRefused() {
    if (askedWhetherToSend() || drop()) {
      return true;
    }
    dropping = true;
    awaitSilence();
    request.demand(this);
    return false;
  }

  private void awaitSilence() {
    request
        .getComponents()
        .getScheduler()
        .schedule(this::serveIfSilent, SILENCE_MS, TimeUnit.MILLISECONDS);
  }

  private void serveIfSilent() {
    long now = System.nanoTime();
    boolean silent = now - lastNanos >= TimeUnit.MILLISECONDS.toNanos(SILENCE_MS);
    if (silent || now - beginNanos > MOST_DROPPING_NANOS) {
      serve();
    } else if (!served.get()) {
      awaitSilence();
    }
  }

  private boolean askedWhetherToSend() {
    return request.getHeaders().contains(HttpHeader.EXPECT);
  }

  /** True at the end or beyond the limit. */
  private boolean drop() {
    while (dropped < MOST_DROPPED) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        return false;
      }
      if (Content.Chunk.isFailure(chunk)) {
        return true;
      }
      dropped += chunk.remaining();
      lastNanos = System.nanoTime();
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        return true;
      }
    }
    return true;
  }

  private void serve() {
    if (served.compareAndSet(false, true)) {
      request.getContext().execute(then);
    }
  }

  @Override
  public void run() {
    if (served.get()) {
      return; // the answer no longer waits for it
    }
    if (dropping ? !drop() : !read()) {
      request.demand(this);
    } else if (dropping || refused == null || serveRefused()) {
      serve();
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  /** Adds the body, or the reason why it is missing. */
  Request received() {
    if (refused != null) {
      request.setAttribute(RefusedBody.ATTRIBUTE, refused);
    }
    return new Received();
  }

  private boolean over() {
    return complete || refused != null;
  }

  /** True at the end or when no more is wanted. */
  private boolean read() {
    while (!over()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        if (judged && rules.tooSlow(length, System.nanoTime() - beginNanos)) {
          refuse(Reason.TOO_SLOW, rules.minBytesPerSecond());
        }
        return over();
      }
      if (Content.Chunk.isFailure(chunk)) {
        refuse(Reason.BROKEN_OFF, 0);
        return true;
      }
      add(chunk.getByteBuffer());
      complete = chunk.isLast() && refused == null;
      chunk.release();
    }
    return true;
  }

  private void add(ByteBuffer more) {
    int needed = length + more.remaining();
    if (needed > limit) {
      judge();
    }
    if (needed > limit) {
      refuse(Reason.TOO_LARGE, limit);
    }
    if (refused == null && needed > bytes.length) {
      int size = Math.min(limit, Math.max(needed, 2 * bytes.length));
      if (hold(size)) {
        bytes = Arrays.copyOf(bytes, size);
      }
    }
    if (refused == null) {
      int count = more.remaining();
      more.get(bytes, length, count);
      length += count;
    }
  }

  /** Runs once, on the thread that read the header. */
  private void judge() {
    if (judged) {
      return;
    }
    judged = true;
    ofKnown = known.test(request);
    if (ofKnown) {
      limit = BodyRules.most(path);
    } else if (!BodyRules.open(path)) {
      refuse(Reason.NOT_WANTED, 0);
      return;
    }
    header = HeaderMemory.cost(request.getHeaders()); // it stays as long as the body is awaited
    Request.addCompletionListener(request, failure -> rules.release(ofKnown, held));
    hold(bytes.length);
  }

  private boolean hold(int size) {
    if (!judged) {
      return true; // small, and its thread is all that it holds
    }
    if (!rules.take(ofKnown, size <= BodyRules.STRANGER_BYTES, header + size - held)) {
      refuse(Reason.NO_MEMORY, 0);
      return false;
    }
    held = header + size;
    return true;
  }

  private void refuse(Reason reason, long of) {
    if (refused == null) {
      refused = new RefusedBody(reason, of);
    }
  }

  private final class Received extends Request.Wrapper {
    private boolean given;

    Received() {
      super(request);
    }

    @Override
    public Content.Chunk read() {
      if (given || refused != null) {
        return Content.Chunk.EOF;
      }
      given = true;
      return Content.Chunk.from(ByteBuffer.wrap(bytes, 0, length), true);
    }

    @Override
    public void demand(Runnable callback) {
      getContext().execute(callback);
    }
  }
}
