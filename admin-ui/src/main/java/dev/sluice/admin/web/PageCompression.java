package dev.sluice.admin.web;

import dev.sluice.admin.view.PageView;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compresses pages for browsers that take it, and sends open pages what has changed. Jetty's
 * handler would look at each call of a worker, and would inflate bodies beside the bounds of the
 * front.
 */
public final class PageCompression implements WriterInterceptor {

  private static final Pattern GZIP =
      Pattern.compile("(^|,)\\s*gzip\\s*(;\\s*q=(1(\\.0*)?|0\\.\\d*[1-9]\\d*)\\s*)?(,|$)");

  private final LivePages pages = new LivePages();

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
    OutputStream plain = context.getOutputStream();
    byte[] update = update(context);
    if (update != null && update.length == 0) {
      return;
    }
    OutputStream out = takesGzip() ? zipped(plain, context) : plain;
    if (update == null) {
      context.setOutputStream(out);
      context.proceed();
    } else {
      out.write(update);
    }
    if (out instanceof GZIPOutputStream zip) {
      zip.finish();
    }
  }

  /** Returns null for a page that is sent as it is. */
  private byte @Nullable [] update(WriterInterceptorContext context) throws IOException {
    String shown = request.getHeaderString(LivePages.HEADER);
    if (shown == null || !isLive(context.getEntity())) {
      return null;
    }
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    context.setOutputStream(page);
    context.proceed();
    return pages.answer(shown, page.toByteArray(), context.getHeaders());
  }

  private boolean takesGzip() {
    String accepted = request.getHeaderString(HttpHeaders.ACCEPT_ENCODING);
    return GZIP.matcher(Objects.toString(accepted, "")).find();
  }

  private static OutputStream zipped(OutputStream plain, WriterInterceptorContext context)
      throws IOException {
    context.getHeaders().putSingle(HttpHeaders.CONTENT_ENCODING, "gzip");
    return new GZIPOutputStream(plain);
  }

  private static boolean isLive(Object page) {
    return page instanceof PageView view && view.chrome().live() != null;
  }
}
