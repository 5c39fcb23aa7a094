package dev.sluice.service.resources;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/** What the server knows of the client behind a call, and Jakarta's own interfaces don't say. */
public final class ClientConnection {

  private final HttpServletRequest call;
  private final Request request;

  /** Of a call that is answered now. */
  ClientConnection(HttpServletRequest call) {
    this.call = call;
    this.request = ServletContextRequest.getServletContextRequest(call);
  }

  /**
   * Calls back when the call is over: with null where the last byte of its answer went out, else
   * with the reason.
   */
  public void whenOver(Consumer<@Nullable Throwable> listener) {
    Request.addCompletionListener(request, listener::accept);
  }

  /**
   * Carries out what may wait for the client. Once the server is stopped, on the caller's thread.
   */
  public void execute(Runnable task) {
    Executor executor = request.getComponents().getExecutor();
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  /**
   * Whether the client of a call that waits for its answer has closed the connection. One that
   * closed its sending side alone can't be told from one that is gone, and counts as gone.
   *
   * <p>Nobody reads from the connection while a call without a body is unanswered, so looking takes
   * a byte away from nobody; where there is one, the client has sent its next call already, and it
   * is put back.
   */
  public boolean gone() {
    Connection connection = request.getConnectionMetaData().getConnection();
    if (!(connection instanceof Connection.UpgradeTo http) || request.getLength() > 0) {
      return false;
    }
    EndPoint endPoint = connection.getEndPoint();
    if (!endPoint.isOpen()) {
      return true;
    }
    try {
      ByteBuffer next = BufferUtil.allocate(1);
      int read = endPoint.fill(next);
      if (read > 0) {
        http.onUpgradeTo(next);
      }
      return read < 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** Ends a call that nobody reads the answer of any more. */
  public void abandon() {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    end();
  }

  /**
   * Ends a call whose answer came to its end, one way or the other. A framework that failed to
   * write leaves it open for ever.
   */
  public void end() {
    try {
      if (call.isAsyncStarted()) {
        call.getAsyncContext().complete();
      }
    } catch (IllegalStateException e) {
      // it has ended meanwhile
    }
  }
}
