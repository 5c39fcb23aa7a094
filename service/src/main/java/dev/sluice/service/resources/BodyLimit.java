package dev.sluice.service.resources;

import dev.sluice.service.errors.ApiException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Set;

/**
 * Refuses bodies beyond what any call needs, before they are in memory: {@value #BULK_BYTES} bytes
 * for enqueues, {@value #CALL_BYTES} for all other calls. A body that breaks off is its sender's
 * fault and refused as well.
 */
public final class BodyLimit implements ContainerRequestFilter {

  /** A property of requests whose body nobody will read to its end. */
  static final String CUT_OFF = "dev.sluice.body-cut-off";

  private static final Set<String> BULK_PATHS = Set.of(WorkResource.PATH, BatchResource.PATH);

  private static final int BULK_BYTES = 8 * 1024 * 1024;
  private static final int CALL_BYTES = 2 * 1024 * 1024;

  @Override
  public void filter(ContainerRequestContext request) {
    int limit = BULK_PATHS.contains(request.getUriInfo().getPath()) ? BULK_BYTES : CALL_BYTES;
    if (announced(request) > limit) {
      throw ApiException.tooLarge("body", limit);
    }
    request.setEntityStream(new Limited(request, limit));
  }

  /** The length in the header, which Jersey itself reads only as far as an int goes; else -1. */
  static long announced(ContainerRequestContext request) {
    String header = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    try {
      return header == null ? -1 : Long.parseLong(header.strip());
    } catch (NumberFormatException e) {
      return -1; // not reached: the server refuses it before; the stream is counted all the same
    }
  }

  /** Counts what a body turns out to hold. */
  private static final class Limited extends FilterInputStream {
    private final ContainerRequestContext request;
    private final int limit;
    private int left;

    Limited(ContainerRequestContext request, int limit) {
      super(request.getEntityStream());
      this.request = request;
      this.limit = limit;
      this.left = limit;
    }

    @Override
    public int read() {
      try {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
      } catch (IOException e) {
        throw brokenOff();
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      try {
        int read = super.read(buffer, offset, length);
        count(Math.max(read, 0));
        return read;
      } catch (IOException e) {
        throw brokenOff();
      }
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        request.setProperty(CUT_OFF, true);
        throw ApiException.tooLarge("body", limit);
      }
    }

    private ApiException brokenOff() {
      request.setProperty(CUT_OFF, true);
      return ApiException.malformed("The body broke off before its end");
    }
  }
}
