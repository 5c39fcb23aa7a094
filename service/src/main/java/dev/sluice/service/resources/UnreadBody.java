package dev.sluice.service.resources;

import dev.sluice.service.errors.ApiException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;
import java.io.InputStream;

/**
 * Takes in the body of a call that was answered before anybody read it. The server closes a
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
    long length = BodyLimit.announced(request);
    boolean chunked = request.getHeaderString("Transfer-Encoding") != null;
    boolean cutOff = request.getProperty(BodyLimit.CUT_OFF) != null;
    if ((length > 0 || chunked) && (cutOff || !takenIn(request, length))) {
      response.getHeaders().putSingle("Connection", "close");
    }
  }

  private static boolean takenIn(ContainerRequestContext request, long length) {
    try {
      InputStream in = request.getEntityStream();
      byte[] buffer = new byte[4096];
      int total = 0;
      while (total < LONG && in.available() > 0) {
        total += Math.max(0, in.read(buffer));
      }
      return total == length;
    } catch (IllegalStateException closed) {
      return true; // it was read
    } catch (IOException | ApiException e) {
      return false; // it broke off
    }
  }
}
