package dev.sluice.service.errors;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

public final class Refusals {

  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private static final String CAPABILITY_SETS =
      "The work of this project, or of the org, needs as many different sets of"
          + " requiredCapabilities as it may (64 and 1024); try again later";
  private static final String BYTES =
      "The org, or this node, stores as many bytes as it may (limits.maxBytes); try again later";
  private static final String PROJECTS =
      "The org has as many projects as it may have (limits.maxProjects); try again later";
  private static final String WORKERS =
      "The org, or the key, has as many workers as it may have (limits.maxWorkers,"
          + " limits.maxWorkersPerKey); try again later";

  private static final String NAMED =
      "workerId is neither the worker of this runtime token nor one that it has replaced";

  private Refusals() {}

  public static @Nullable Refusal kind(Throwable problem) {
    return problem instanceof RefusedException refused ? refused.refusal() : null;
  }

  public static int status(Refusal refusal) {
    return code(refusal).status();
  }

  private static ErrorCode code(Refusal refusal) {
    return switch (refusal) {
      case BAD_CURSOR -> ErrorCode.INVALID_CURSOR;
      // As a key that is unknown by now: clients keep trying to register.
      case REVOKED -> ErrorCode.INVALID_CREDENTIAL;
      case UNKNOWN_WORKER -> ErrorCode.WORKER_NOT_FOUND;
      case UNKNOWN_SESSION -> ErrorCode.SESSION_NOT_FOUND;
      case UNKNOWN_JOB -> ErrorCode.JOB_NOT_FOUND;
      case UNKNOWN_STOP -> ErrorCode.STOP_NOT_FOUND;
      case UNKNOWN_FINDING -> ErrorCode.FINDING_NOT_FOUND;
      case NOT_OWNER -> ErrorCode.NOT_OWNER;
      case WRONG_STATE -> ErrorCode.WRONG_STATE;
      case CONFLICT -> ErrorCode.CONTENT_DIFFERS;
      case NOT_EMPTY -> ErrorCode.ORG_NOT_EMPTY;
      case ID_TAKEN -> ErrorCode.ID_TAKEN;
      case NOT_REPLACED -> ErrorCode.FORBIDDEN;
      case KEY_REUSED -> ErrorCode.KEY_REUSED;
      case INBOX_FULL -> ErrorCode.INBOX_FULL;
      case QUEUE_FULL -> ErrorCode.QUEUE_FULL;
      case STORE_FULL -> ErrorCode.STORE_FULL;
      case TOO_MANY_CAPABILITY_SETS -> ErrorCode.TOO_MANY_CAPABILITY_SETS;
      case TOO_MANY_PROJECTS -> ErrorCode.TOO_MANY_PROJECTS;
      case TOO_MANY_WORKERS -> ErrorCode.TOO_MANY_WORKERS;
      case DAMAGED -> ErrorCode.DAMAGED_RECORD;
      case RETRY -> ErrorCode.RETRY;
      case CLOSED -> ErrorCode.ORG_CLOSED;
      case UPGRADING -> ErrorCode.UPGRADING;
    };
  }

  public static ApiError body(Refusal refusal, String message) {
    ErrorCode code = code(refusal);
    return switch (refusal) {
      case UNKNOWN_WORKER -> ApiError.of(code, WireTexts.WORKER_NOT_FOUND);
      case UNKNOWN_SESSION -> ApiError.of(code, WireTexts.SESSION_NOT_FOUND);
      case UNKNOWN_JOB -> ApiError.of(code, "Job not found");
      case UNKNOWN_STOP -> ApiError.of(code, WireTexts.STOP_NOT_FOUND);
      case UNKNOWN_FINDING -> ApiError.of(code, WireTexts.FINDING_NOT_FOUND);
      case REVOKED -> ApiError.of(code, WireTexts.INVALID_KEY);
      case BAD_CURSOR -> ApiError.of(code, message, "cursor");
      case CONFLICT, ID_TAKEN -> ApiError.of(code, message, "sessionId");
      case KEY_REUSED -> ApiException.keyReused(IDEMPOTENCY_KEY).body();
      case TOO_MANY_CAPABILITY_SETS -> ApiError.of(code, CAPABILITY_SETS, "requiredCapabilities");
      case NOT_REPLACED -> ApiError.of(code, NAMED, "workerId");
      case STORE_FULL -> ApiError.of(code, BYTES, "limits.maxBytes");
      case TOO_MANY_PROJECTS -> ApiError.of(code, PROJECTS, "projectName");
      case TOO_MANY_WORKERS -> ApiError.of(code, WORKERS, "limits.maxWorkers");
      default -> ApiError.of(code, message);
    };
  }

  static ApiError body(RefusedException refused, Predicate<String> mayKnow) {
    if (refused.refusal() != Refusal.NOT_OWNER) {
      return body(refused.refusal(), String.valueOf(refused.getMessage()));
    }
    @Nullable String owner = refused.owner();
    String named = owner == null ? ", or by none" : mayKnow.test(owner) ? ": " + owner : "";
    return new ApiError(
        WireTexts.NOT_OWNER, WireTexts.NOT_OWNER + named, ErrorCode.NOT_OWNER, null, null, null);
  }

  public static ApiError body(Refusal refusal) {
    return body(
        refusal,
        switch (refusal) {
          case CONFLICT -> "sessionId is taken by other content";
          case ID_TAKEN -> "sessionId is the public id of another session";
          case QUEUE_FULL -> "The org has as much waiting work as it may have; try again later";
          case DAMAGED -> "The stored record of this session can't be read";
          case RETRY -> "The enqueue took too long; send it again";
          default -> refusal.name();
        });
  }

  public static ApiError jobBody(Refusal refusal) {
    return switch (refusal) {
      case CONFLICT ->
          ApiError.of(code(refusal), "batchJobId is taken by other content", "batchJobId");
      case QUEUE_FULL ->
          ApiError.of(
              code(refusal), "The batch lane holds as many jobs as it may; try again later");
      default -> body(refusal);
    };
  }

  public static Response jobAnswer(Refusal refusal) {
    return ErrorAnswers.answer(status(refusal), jobBody(refusal));
  }

  /** Handles some refusals as answers, with the reason in words. */
  public static <T> T except(
      Set<Refusal> expected, Supplier<T> call, Function<String, ? extends T> refused) {
    return except(expected, owner -> false, call, refused);
  }

  /** {@code mayKnow} is true if the caller may learn the owner. */
  public static <T> T except(
      Set<Refusal> expected,
      Predicate<String> mayKnow,
      Supplier<T> call,
      Function<String, ? extends T> refused) {
    try {
      return call.get();
    } catch (RefusedException e) {
      if (expected.contains(e.refusal())) {
        return refused.apply(body(e, mayKnow).message());
      }
      throw e;
    }
  }

  /** True if a call failed since its session is unknown, such as one whose record has gone. */
  public static boolean isOfUnknownSession(Throwable failure) {
    return failure instanceof RefusedException refused
        && refused.refusal() == Refusal.UNKNOWN_SESSION;
  }

  public static Response answer(Refusal refusal) {
    return ErrorAnswers.answer(status(refusal), body(refusal));
  }
}
