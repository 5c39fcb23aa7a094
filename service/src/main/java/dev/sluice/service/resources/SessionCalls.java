package dev.sluice.service.resources;

import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.ClaimHeader;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.WireTexts;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How every call of a worker about its session is read, so that all of them are refused in one
 * order: who speaks for no worker (403), a path that can't be (400), another worker's name (403), a
 * session that isn't there (404), a wrong body (400, 413).
 */
public final class SessionCalls {

  private final Sessions sessions;

  public SessionCalls(Sessions sessions) {
    this.sessions = sessions;
  }

  /** What a worker said of a session. */
  public record Said<T>(String org, String sessionId, Holder holder, T what) {}

  /**
   * Reads a call that acts for a worker: the body's {@code workerId}, which a runtime token may
   * leave out.
   *
   * @param claim the header that names a claim, or null
   * @param body makes the body, which may not be JSON at all
   * @param what reads the rest of it
   */
  public <T> Said<T> read(
      Caller caller,
      String id,
      @Nullable String claim,
      Supplier<JsonBody> body,
      Function<JsonBody, T> what) {
    return read(
        caller,
        id,
        body,
        (sessionId, json) -> {
          Holder holder = caller.holder(json.name("workerId"), ClaimHeader.token(claim));
          return new Said<>(caller.org(), sessionId, holder, what.apply(json));
        });
  }

  /**
   * Reads a call whose clients need not say which worker they are: where nothing does, it acts for
   * the session's owner, which must be one of the caller's.
   */
  public <T> Said<T> readUnnamed(
      Caller caller,
      String id,
      @Nullable String claim,
      Supplier<JsonBody> body,
      Function<JsonBody, T> what) {
    return read(
        caller,
        id,
        body,
        (sessionId, json) -> {
          @Nullable String named = json.name("workerId");
          long token = ClaimHeader.token(claim);
          boolean unnamed = named == null && caller.workerId() == null;
          @Nullable Holder holder = unnamed ? null : caller.holder(named, token);
          T said = what.apply(json);
          return new Said<>(
              caller.org(),
              sessionId,
              holder == null ? caller.holder(owner(caller, sessionId), token) : holder,
              said);
        });
  }

  /** Reads a call in the same order, with a reader that finds out itself for whom it is. */
  public <T> T read(Caller caller, String id, Supplier<JsonBody> body, Reader<T> reader) {
    caller.requireWorker();
    String sessionId = PathIds.check("session id", id);
    return CheckOrder.read(
        sessions, caller.org(), sessionId, () -> reader.read(sessionId, body.get()));
  }

  private String owner(Caller caller, String sessionId) {
    @Nullable String owner = sessions.find(caller.org(), sessionId).value().owner();
    if (owner == null) {
      throw ApiException.forbidden(WireTexts.NOT_OWNER + ", or by none");
    }
    return owner;
  }

  /** Makes of a body what the call needs. */
  interface Reader<T> {
    T read(String sessionId, JsonBody body);
  }
}
