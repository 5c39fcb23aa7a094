package dev.sluice.service.resources;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;
import java.io.InputStream;

/**
 * Takes in the body of a call that was refused before anybody read it. The server closes a
 * connection whose request isn't read to the end, and a client that sends its next call over it
 * finds neither answer nor error.
 *
 * <p>Waits for nobody: where the rest isn't there yet, or is long, the answer says that the
 * connection closes.
 */
public final class UnreadBody implements ContainerResponseFilter {

  private static final int LONG = 64 * 1024;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    boolean refused = response.getStatus() >= 400;
    boolean chunked = request.getHeaderString("Transfer-Encoding") != null;
    if (refused && (request.getLength() > 0 || chunked) && !takenIn(request)) {
      response.getHeaders().putSingle("Connection", "close");
    }
  }

  private static boolean takenIn(ContainerRequestContext request) {
    try {
      InputStream in = request.getEntityStream();
      byte[] buffer = new byte[4096];
      int total = 0;
      while (total < LONG && in.available() > 0) {
        total += Math.max(0, in.read(buffer));
      }
      return total == request.getLength();
    } catch (IllegalStateException closed) {
      return true; // it was read, and refused for what it says
    } catch (IOException e) {
      return false;
    }
  }
}
