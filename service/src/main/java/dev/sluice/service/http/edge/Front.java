package dev.sluice.service.http.edge;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Runs before the application: receives bodies without holding threads, and divides the threads.
 * Quick calls are served by the thread that read them (docs/decisions, direct calls).
 *
 * <p>While at most a quarter of the threads are busy, every call is served at once. Beyond that,
 * known callers get another quarter and unknown ones an eighth. The rest is for known callers'
 * calls about workers and sessions: heartbeats, polls, reports and stops. Other calls wait at most
 * {@value #WAIT_SECONDS} s, then get 503. {@link Probes} are answered at once.
 */
public final class Front extends Handler.Wrapper {

  private static final int WAIT_SECONDS = 2;
  private static final int MOST_WAITING = 1_000;
  private static final int MOST_IN_A_ROW = 32;
  private static final long PAUSE_NANOS = 1_000_000;
  private static final String BUSY =
      "All threads for calls of this kind are busy (server.maxThreads); try again later";

  private final Callers callers;
  private final Probes probes;
  private final BodyRules bodies;
  private final Budget answers;
  private final int minBytesPerSecond;
  private final @Nullable Predicate<Request> quick;
  private final ThreadLocal<Turn> turns = ThreadLocal.withInitial(Turn::new);
  private final AtomicInteger busy = new AtomicInteger();
  private final int calm;
  private final CallLane others;
  private final CallLane strangers;

  /**
   * @param quick calls that are served where they are read; null to serve all on other threads
   */
  public Front(
      Callers callers,
      Probes probes,
      FrontLimits limits,
      int threads,
      @Nullable Predicate<Request> quick) {
    this.quick = quick;
    this.callers = callers;
    this.probes = probes;
    this.bodies = new BodyRules(limits.minBytesPerSecond(), limits.bodyBytes());
    this.answers = new Budget(limits.answerBytes());
    this.minBytesPerSecond = limits.minBytesPerSecond();
    this.calm = Math.max(1, threads / 4);
    this.others = new CallLane(Math.max(1, threads / 4), MOST_WAITING);
    this.strangers = new CallLane(Math.max(1, threads / 8), MOST_WAITING);
  }

  public static boolean guards(Connector connector) {
    return !"admin".equals(connector.getName());
  }

  public static int threads(ThreadPool pool) {
    return pool instanceof ThreadPool.SizedThreadPool sized
        ? sized.getMaxThreads()
        : pool.getThreads();
  }

  /** Quick calls stay on their thread. All others are handed to a pool thread. */
  @Override
  public InvocationType getInvocationType() {
    return quick == null ? InvocationType.BLOCKING : InvocationType.NON_BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!guards(request.getConnectionMetaData().getConnector())) {
      return elsewhere(
          () -> super.handle(request, response, callback), request, response, callback);
    }
    if (probes.isFor(request)) {
      return elsewhere(
          () -> probes.answer(request, response, callback), request, response, callback);
    }
    return IncomingBody.in(request)
        ? receive(request, response, callback)
        : route(request, response, callback);
  }

  private boolean route(Request request, Response response, Callback callback) throws Exception {
    return quick != null
            && lane(request) == null
            && quick.test(request)
            && callers.know(request)
            && !tooManyInARow(request)
        ? served(null, request, response, callback)
        : elsewhere(() -> serve(request, response, callback), request, response, callback);
  }

  /** A reader goes on with a connection as long as calls are there: a flood of them must end. */
  private boolean tooManyInARow(Request request) {
    Turn turn = turns.get();
    String connection = request.getConnectionMetaData().getId();
    long now = System.nanoTime();
    if (!connection.equals(turn.connection) || now - turn.nanos > PAUSE_NANOS) {
      turn.connection = connection;
      turn.calls = 0;
    }
    turn.nanos = now;
    turn.calls = turn.calls == MOST_IN_A_ROW ? 0 : turn.calls + 1;
    return turn.calls == 0;
  }

  /** Calls of one connection that a reader served without others, or a pause, between. */
  private static final class Turn {
    private String connection = "";
    private int calls;
    private long nanos;
  }

  /** A thread that reads must not wait for calls of one connection while others have calls. */
  private boolean elsewhere(
      Handling handling, Request request, Response response, Callback callback) throws Exception {
    if (quick == null) {
      return handling.run();
    }
    Executor threads = request.getConnectionMetaData().getConnector().getExecutor();
    try {
      threads.execute(() -> answer(handling, request, response, callback));
    } catch (RejectedExecutionException full) {
      refuse(request, response, callback);
    }
    return true;
  }

  private interface Handling {
    boolean run() throws Exception;
  }

  private static void answer(
      Handling handling, Request request, Response response, Callback callback) {
    try {
      if (!handling.run()) {
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (Throwable problem) {
      Response.writeError(request, response, callback, problem);
    }
  }

  private boolean receive(Request request, Response response, Callback callback) throws Exception {
    Receipt receipt = new Receipt(request, response, callback);
    return !receipt.body.receive() || route(receipt.body.received(), response, callback);
  }

  private final class Receipt implements Runnable {
    private final IncomingBody body;
    private final Response response;
    private final Callback callback;

    Receipt(Request request, Response response, Callback callback) {
      this.body = new IncomingBody(request, bodies, callers::know, this);
      this.response = response;
      this.callback = callback;
    }

    @Override
    public void run() {
      Request received = body.received();
      callers.forget(received);
      answer(() -> route(received, response, callback), received, response, callback);
    }
  }

  private boolean serve(Request request, Response response, Callback callback) throws Exception {
    boolean known = callers.know(request);
    if (busy.getAndUpdate(calls -> calls < calm ? calls + 1 : calls) < calm) {
      return counted(null, known, request, response, callback);
    }
    CallLane lane = known ? lane(request) : strangers;
    if (lane == null) {
      return served(null, request, response, callback);
    }
    WaitingCall call = new WaitingCall(lane, request, response, callback);
    switch (lane.enter(call)) {
      case SERVED -> {
        return served(lane, request, response, callback);
      }
      case WAITS ->
          request
              .getComponents()
              .getScheduler()
              .schedule(
                  () -> {
                    if (lane.giveUp(call)) {
                      refuse(request, response, callback);
                    }
                  },
                  WAIT_SECONDS,
                  TimeUnit.SECONDS);
      case FULL -> refuse(request, response, callback);
    }
    return true;
  }

  private final class WaitingCall implements Runnable {
    private final CallLane lane;
    private final Request request;
    private final Response response;
    private final Callback callback;

    WaitingCall(CallLane lane, Request request, Response response, Callback callback) {
      this.lane = lane;
      this.request = request;
      this.response = response;
      this.callback = callback;
    }

    @Override
    public void run() {
      callers.forget(request);
      answer(() -> served(lane, request, response, callback), request, response, callback);
    }

    void refuse() {
      Front.refuse(request, response, callback);
    }
  }

  private static void refuse(Request request, Response response, Callback callback) {
    Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, BUSY);
  }

  private boolean served(
      @Nullable CallLane lane, Request request, Response response, Callback callback)
      throws Exception {
    busy.incrementAndGet();
    return counted(lane, lane != strangers, request, response, callback);
  }

  private boolean counted(
      @Nullable CallLane lane, boolean known, Request request, Response response, Callback callback)
      throws Exception {
    try {
      if (!known) {
        ReleasedResponse released =
            new ReleasedResponse(request, response, callback, answers, minBytesPerSecond);
        return super.handle(request, released, released);
      }
      return super.handle(request, response, callback);
    } finally {
      busy.decrementAndGet();
      if (lane != null) {
        leave(lane);
      }
    }
  }

  private void leave(CallLane lane) {
    for (Runnable next = lane.leave(); next != null; next = lane.leave()) {
      try {
        getServer().getThreadPool().execute(next);
        return;
      } catch (RejectedExecutionException full) {
        ((WaitingCall) next).refuse();
      }
    }
  }

  /** Returns the lane of a known caller's call; null if the call is always served. */
  private @Nullable CallLane lane(Request request) {
    String path = Request.getPathInContext(request);
    boolean vital =
        path.startsWith("/api/workers/")
            || path.startsWith("/api/sessions/")
            || path.startsWith("/api/daemon/")
            || path.startsWith("/v1/daemon/");
    return vital ? null : others;
  }
}
