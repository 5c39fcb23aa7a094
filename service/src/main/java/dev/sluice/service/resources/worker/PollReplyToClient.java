package dev.sluice.service.resources.worker;

import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.service.api.answers.PollAnswer;
import dev.sluice.service.api.answers.PolledItem;
import dev.sluice.service.auth.secrets.ClaimAttempts;
import dev.sluice.service.dispatch.ParkedPolls;
import dev.sluice.service.dispatch.PollCall;
import dev.sluice.service.dispatch.PollReply;
import dev.sluice.service.dispatch.Polled;
import dev.sluice.service.dispatch.WorkCredentials;
import dev.sluice.service.resources.ClientConnection;
import jakarta.ws.rs.container.AsyncResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Returns claims and messages to the store if the client is gone or the write fails. */
final class PollReplyToClient implements PollReply {

  private final ParkedPolls polls;
  private final WorkCredentials credentials;
  private final ClaimAttempts attempts;
  private final PollCall call;
  private final ClientConnection client;
  private final AsyncResponse response;
  private volatile @Nullable Polled written;
  private volatile boolean broken;

  PollReplyToClient(
      ParkedPolls polls,
      WorkCredentials credentials,
      ClaimAttempts attempts,
      PollCall call,
      ClientConnection client,
      AsyncResponse response) {
    this.polls = polls;
    this.credentials = credentials;
    this.attempts = attempts;
    this.call = call;
    this.client = client;
    this.response = response;
    client.whenOver(this::over);
  }

  @Override
  public boolean gone() {
    return broken || client.gone();
  }

  @Override
  public void answer(Polled polled, boolean here) {
    if (here) {
      write(polled);
    } else {
      client.execute(() -> write(polled)); // a slow client is nobody else's trouble
    }
  }

  @Override
  public void fail(RuntimeException problem) {
    client.execute(
        () -> {
          response.resume(problem);
          client.end();
        });
  }

  private void write(Polled polled) {
    if (!call.patience().none() && gone()) {
      giveBack(polled);
      client.abandon();
      return;
    }
    written = polled;
    try {
      if (!response.resume(body(polled)) || broken) {
        giveBack(polled);
      }
    } catch (RuntimeException e) {
      giveBack(polled);
      response.resume(e);
    }
    client.end();
  }

  private PollAnswer body(Polled polled) {
    WorkerRef worker = call.worker();
    List<PolledItem> items = PolledItem.all(polled.result().work());
    return PollAnswer.of(
        polled.result(),
        items,
        call.batch() ? credentials.of(worker, items) : null,
        (session, claim) -> attempts.token(worker.org(), session, claim));
  }

  private void over(@Nullable Throwable problem) {
    if (problem != null) {
      broken = true;
      Polled lost = written;
      if (lost != null) {
        giveBack(lost);
      }
    }
  }

  /** May be called twice. */
  private void giveBack(Polled polled) {
    if (!polled.empty()) {
      polls.unwritten(call.worker(), polled);
    }
  }
}
