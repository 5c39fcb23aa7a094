package dev.sluice.service.resources;

import dev.sluice.service.errors.ApiException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses bodies beyond what any call needs, before they are in memory: {@value #BULK_BYTES} bytes
 * for enqueues, {@value #CALL_BYTES} for all other calls.
 */
public final class BodyLimit implements ContainerRequestFilter {

  private static final int BULK_BYTES = 8 * 1024 * 1024;
  private static final int CALL_BYTES = 2 * 1024 * 1024;

  @Override
  public void filter(ContainerRequestContext request) {
    int limit = request.getUriInfo().getPath().equals(WorkResource.PATH) ? BULK_BYTES : CALL_BYTES;
    if (request.getLength() > limit) {
      throw ApiException.tooLarge("body", limit);
    }
    if (request.getLength() < 0 && request.hasEntity()) {
      request.setEntityStream(new Limited(request.getEntityStream(), limit));
    }
  }

  /** Counts what a body of unknown length turns out to hold. */
  private static final class Limited extends FilterInputStream {
    private final int limit;
    private int left;

    Limited(InputStream in, int limit) {
      super(in);
      this.limit = limit;
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw ApiException.tooLarge("body", limit);
      }
    }
  }
}
