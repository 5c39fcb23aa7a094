package dev.sluice.service.cli;

import dev.sluice.service.cli.wire.ApiClient;
import dev.sluice.service.cli.wire.WireAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Sends an export to {@code POST /api/import} in pieces of whole lines, each while the next one is
 * read.
 */
final class ImportClient {

  /** Below the limit of a body, 8 MiB, by more than the longest line. */
  private static final int PIECE_BYTES = 4 * 1024 * 1024;

  private static final int TRIES = 5;
  private static final Map<String, String> LINES = Map.of("Content-Type", "application/x-ndjson");

  private final ApiClient client;
  private final String query;
  private final SessionFollower.Pause pause;
  private int number;
  private @Nullable Future<@Nullable WireAnswer> sending;

  /** {@code query} is added to each call; it begins with {@code &} unless empty. */
  ImportClient(ApiClient client, String query, SessionFollower.Pause pause) {
    this.client = client;
    this.pause = pause;
    this.query = query;
  }

  /** As {@link #send}, and opens the org. Safe to repeat, unlike the last piece with an opening. */
  @Nullable WireAnswer fill(InputStream lines) throws IOException, InterruptedException {
    @Nullable WireAnswer refused = send(lines);
    if (refused != null) {
      return refused;
    }
    WireAnswer opened = repeated(() -> client.call("DELETE", "/api/closure", "", Map.of()));
    return opened.ok() ? null : opened;
  }

  /** Returns the answer of a refusal; null if all was taken. The org stays closed. */
  @Nullable WireAnswer send(InputStream lines) throws IOException, InterruptedException {
    ExecutorService sender = Executors.newSingleThreadExecutor();
    try {
      ByteArrayOutputStream piece = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 16];
      @Nullable WireAnswer refused = null;
      for (int read = lines.read(buffer); read >= 0 && refused == null; read = lines.read(buffer)) {
        int end = piece.size() < PIECE_BYTES ? 0 : behindLastLine(buffer, read);
        piece.write(buffer, 0, end == 0 ? read : end);
        if (end > 0) {
          refused = send(piece.toByteArray(), sender);
          piece.reset();
          piece.write(buffer, end, read - end);
        }
      }
      if (refused == null && piece.size() > 0) {
        refused = send(piece.toByteArray(), sender);
      }
      return refused == null ? sent() : refused;
    } finally {
      sender.shutdownNow();
    }
  }

  /** 0 if no line ends there. */
  private static int behindLastLine(byte[] bytes, int length) {
    int end = length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /** Returns the refusal of the piece before, if any. */
  private @Nullable WireAnswer send(byte[] body, ExecutorService sender)
      throws IOException, InterruptedException {
    @Nullable WireAnswer refused = sent();
    int piece = ++number;
    sending = refused == null ? sender.submit(() -> send(piece, body)) : null;
    return refused;
  }

  private @Nullable WireAnswer sent() throws IOException, InterruptedException {
    try {
      return sending == null ? null : sending.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException away) {
        throw away;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** A piece that the server has is not taken twice. */
  private @Nullable WireAnswer send(int piece, byte[] body)
      throws IOException, InterruptedException {
    String path = "/api/import?open=false&piece=" + piece + query;
    WireAnswer answer = repeated(() -> client.call("POST", path, body, LINES));
    return answer.ok() ? null : answer;
  }

  private interface Call {
    WireAnswer make() throws IOException, InterruptedException;
  }

  /** Repeats while the server is away. */
  private WireAnswer repeated(Call call) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        WireAnswer answer = call.make();
        if (answer.status() != 503 || attempt == TRIES) {
          return answer;
        }
      } catch (IOException away) {
        if (attempt == TRIES) {
          throw away;
        }
      }
      pause.ms(1_000L * attempt);
    }
  }
}
