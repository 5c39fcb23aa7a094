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

public final class ClientConnection {

  private final Request request;
  private final Runnable end;

  /** {@code end} ends a call that has no answer. */
  public ClientConnection(Request request, Runnable end) {
    this.request = request;
    this.end = end;
  }

  static ClientConnection of(HttpServletRequest call) {
    return new ClientConnection(
        ServletContextRequest.getServletContextRequest(call), () -> complete(call));
  }

  /** The listener gets null if the whole answer was sent, else the reason. */
  public void whenOver(Consumer<@Nullable Throwable> listener) {
    Request.addCompletionListener(request, listener::accept);
  }

  /** Runs on the calling thread once the server has stopped. */
  public void execute(Runnable task) {
    Executor executor = request.getComponents().getExecutor();
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  /**
   * True if the client has closed the connection, even only its half.
   *
   * <p>Reads one byte if there is one. It belongs to the client's next call and is put back.
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

  public void abandon() {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    end();
  }

  /** A framework that fails to write an answer leaves the call open. */
  public void end() {
    end.run();
  }

  private static void complete(HttpServletRequest call) {
    try {
      if (call.isAsyncStarted()) {
        call.getAsyncContext().complete();
      }
    } catch (IllegalStateException e) {
      // it has ended meanwhile
    }
  }
}
