package dev.sluice.service.emulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Runs a call as a proxy does that dies before it passes the answer on: the server believes that
 * its answer arrived.
 */
final class LostAnswers {

  private static final String MARK = "X-Sluice-Emulator";

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final String mark = UUID.randomUUID().toString();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** True for a call that this class makes. */
  boolean repeats(Request request) {
    return mark.equals(request.getHeaders().get(MARK));
  }

  void lose(Request request, Callback callback) throws IOException, InterruptedException {
    ByteBuffer body = Content.Source.asByteBuffer(request);
    HttpRequest.Builder call =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + Request.getLocalPort(request)
                        + request.getHttpURI().getPathQuery()))
            .timeout(Duration.ofMinutes(1))
            .method(request.getMethod(), BodyPublishers.ofByteArray(BufferUtil.toArray(body)));
    for (HttpField field : request.getHeaders()) {
      if (!OF_THE_CONNECTION.contains(field.getName().toLowerCase(Locale.ROOT))) {
        call.header(field.getName(), field.getValue());
      }
    }
    client.send(call.header(MARK, mark).build(), BodyHandlers.discarding());
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    callback.failed(new EofException("The emulator was asked to lose this answer"));
  }
}
