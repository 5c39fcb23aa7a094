package dev.sluice.admin.web;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses pages for browsers that take it. Jetty's handler would look at each call of a worker,
 * and would inflate bodies beside the bounds of the front.
 */
public final class PageCompression implements WriterInterceptor {

  private static final Pattern GZIP =
      Pattern.compile("(^|,)\\s*gzip\\s*(;\\s*q=(1(\\.0*)?|0\\.\\d*[1-9]\\d*)\\s*)?(,|$)");

  private final HttpHeaders request;

  public PageCompression(@Context HttpHeaders request) {
    this.request = request;
  }

  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    if (!MediaType.TEXT_HTML_TYPE.isCompatible(context.getMediaType())) {
      context.proceed();
      return;
    }
    context.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    String accepted = request.getHeaderString(HttpHeaders.ACCEPT_ENCODING);
    if (!GZIP.matcher(Objects.toString(accepted, "")).find()) {
      context.proceed();
      return;
    }
    context.getHeaders().putSingle(HttpHeaders.CONTENT_ENCODING, "gzip");
    GZIPOutputStream out = new GZIPOutputStream(context.getOutputStream());
    context.setOutputStream(out);
    context.proceed();
    out.finish();
  }
}
