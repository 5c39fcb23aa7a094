package dev.sluice.service.http.edge;

import io.dropwizard.metrics.jetty12.InstrumentedConnectionFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose headers are bounded. Jetty bounds the bytes of a header, but each short line
 * costs ten times its bytes, and a client may take as long as it likes over one. So the number of
 * fields is bounded, and a header that does not arrive at once takes memory from a budget and is
 * due within {@value #DUE_SECONDS} s. Trailers are dropped.
 */
public final class GuardedConnection extends HttpConnection {

  static final int MOST_FIELDS = 128;
  static final int DUE_SECONDS = 10;

  private static final String FULL =
      "unfinished headers take all memory that is for them (a sixteenth of the heap)";

  private final HeaderMemory memory;
  private final String address;
  private int fields;
  private final Object lock = new Object(); // guards all below
  private long held;
  private boolean closed;
  private Scheduler.@Nullable Task due;

  private GuardedConnection(
      HttpConfiguration configuration,
      Connector connector,
      EndPoint endPoint,
      HeaderMemory memory) {
    super(configuration, connector, endPoint);
    this.memory = memory;
    this.address = ConnectionGuard.address(endPoint.getRemoteSocketAddress());
  }

  /** Lets a connector that hasn't started make such connections. */
  public static void install(Connector connector, HeaderMemory memory) {
    if (connector instanceof AbstractConnector http) {
      http.setConnectionFactories(
          List.copyOf(http.getConnectionFactories()).stream()
              .map(factory -> guarded(factory, memory))
              .toList());
    }
  }

  private static ConnectionFactory guarded(ConnectionFactory factory, HeaderMemory memory) {
    ConnectionFactory bare = bare(factory);
    return bare instanceof HttpConnectionFactory plain ? new Factory(plain, memory) : bare;
  }

  /**
   * Dropwizard wraps the outermost factory for a metric that is shown nowhere. The wrapper hides
   * TLS from all that ask the connector for it.
   */
  private static ConnectionFactory bare(ConnectionFactory factory) {
    return factory instanceof InstrumentedConnectionFactory wrapper
        ? wrapper.getBean(ConnectionFactory.class)
        : factory;
  }

  private static final class Factory extends HttpConnectionFactory {

    private final HeaderMemory memory;

    Factory(HttpConnectionFactory plain, HeaderMemory memory) {
      super(plain.getHttpConfiguration());
      this.memory = memory;
      setInputBufferSize(plain.getInputBufferSize());
      setUseInputDirectByteBuffers(plain.isUseInputDirectByteBuffers());
      setUseOutputDirectByteBuffers(plain.isUseOutputDirectByteBuffers());
    }

    @Override
    public GuardedConnection newConnection(Connector connector, EndPoint endPoint) {
      GuardedConnection connection =
          new GuardedConnection(getHttpConfiguration(), connector, endPoint, memory);
      connection.setUseInputDirectByteBuffers(isUseInputDirectByteBuffers());
      connection.setUseOutputDirectByteBuffers(isUseOutputDirectByteBuffers());
      configure(connection, connector, endPoint);
      return connection;
    }
  }

  @Override
  protected RequestHandler newRequestHandler() {
    return new BoundedHeader();
  }

  /** Waits for more bytes. A header that has begun needs memory for the time. */
  @Override
  public void fillInterested(Callback arrived) {
    HttpParser parser = getParser();
    if (!parser.inHeaderState() || parser.isStart() || hold(parser.getHeaderLength())) {
      super.fillInterested(arrived);
      return;
    }
    release();
    getEndPoint()
        .write(
            Callback.from(() -> getEndPoint().close(), failure -> getEndPoint().close(failure)),
            ByteBuffer.wrap(ConnectionGuard.refusal(FULL, "headers")));
  }

  private boolean hold(int length) {
    synchronized (lock) {
      long needed = HeaderMemory.cost(fields, length);
      if (closed || !memory.take(address, needed - held)) {
        return false;
      }
      held = needed;
      if (due == null) {
        due = getConnector().getScheduler().schedule(this::late, DUE_SECONDS, TimeUnit.SECONDS);
      }
      return true;
    }
  }

  private void late() {
    boolean unfinished;
    synchronized (lock) {
      unfinished = due != null;
    }
    if (unfinished) {
      getEndPoint().close(new TimeoutException("no whole header in " + DUE_SECONDS + " s"));
    }
  }

  private void release() {
    Scheduler.@Nullable Task task;
    long bytes;
    synchronized (lock) {
      task = due;
      bytes = held;
      due = null;
      held = 0;
    }
    if (task != null) {
      task.cancel();
      memory.release(address, bytes);
    }
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    synchronized (lock) {
      closed = true;
    }
    release();
    super.onClose(cause);
  }

  private final class BoundedHeader extends RequestHandler {

    @Override
    public void messageBegin() {
      fields = 0;
      super.messageBegin();
    }

    @Override
    public void parsedHeader(HttpField field) {
      if (++fields > MOST_FIELDS) {
        throw new BadMessageException(
            HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431,
            "headers must be at most " + MOST_FIELDS);
      }
      super.parsedHeader(field);
    }

    @Override
    public boolean headerComplete() {
      release();
      return super.headerComplete();
    }

    @Override
    public void parsedTrailer(HttpField field) {
      // no call has a use for one
    }
  }
}
