package dev.sluice.service.resources;

import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.ClaimHeader;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.errors.ApiException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All calls are refused in the same order: not a worker's credential (403), invalid path (400),
 * another worker's name (403), unknown session (404), bad body (400, 413).
 */
public final class SessionCallReader {

  private final Sessions sessions;

  public SessionCallReader(Sessions sessions) {
    this.sessions = sessions;
  }

  public record Said<T>(String org, String sessionId, Holder holder, T what) {}

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
   * The call may omit its worker. It then acts for the session's owner, which the caller must speak
   * for.
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

  /** Leaves it to the reader to find the worker. */
  public <T> T read(Caller caller, String id, Supplier<JsonBody> body, Reader<T> reader) {
    caller.requireWorker();
    String sessionId = PathIds.check("session id", id);
    return CheckOrder.read(
        sessions, caller.org(), sessionId, () -> reader.read(sessionId, body.get()));
  }

  private String owner(Caller caller, String sessionId) {
    @Nullable String owner = sessions.find(caller.org(), sessionId).owner();
    if (owner == null) {
      throw ApiException.ownedByNone();
    }
    return owner;
  }

  interface Reader<T> {
    T read(String sessionId, JsonBody body);
  }
}
