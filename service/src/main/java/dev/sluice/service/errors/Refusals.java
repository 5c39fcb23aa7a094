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

  private Refusals() {}

  private static ApiError limit(String field, String message) {
    return new ApiError(message, message, field, null);
  }

  public static @Nullable Refusal kind(Throwable problem) {
    return problem instanceof RefusedException refused ? refused.refusal() : null;
  }

  public static int status(Refusal refusal) {
    return switch (refusal) {
      case BAD_CURSOR -> 400;
      case REVOKED -> 401; // as a key that is unknown by now: clients keep trying to register
      case UNKNOWN_WORKER, UNKNOWN_SESSION, UNKNOWN_JOB, UNKNOWN_STOP, UNKNOWN_FINDING -> 404;
      case NOT_OWNER -> 403;
      case WRONG_STATE, CONFLICT, NOT_EMPTY, ID_TAKEN -> 409;
      case KEY_REUSED -> 422;
      case INBOX_FULL,
          QUEUE_FULL,
          STORE_FULL,
          TOO_MANY_CAPABILITY_SETS,
          TOO_MANY_PROJECTS,
          TOO_MANY_WORKERS ->
          429;
      case DAMAGED -> 500;
      case RETRY, CLOSED, UPGRADING -> 503;
    };
  }

  public static ApiError body(Refusal refusal, String message) {
    return switch (refusal) {
      case UNKNOWN_WORKER -> ApiError.of(WireTexts.WORKER_NOT_FOUND);
      case UNKNOWN_SESSION -> ApiError.of(WireTexts.SESSION_NOT_FOUND);
      case UNKNOWN_JOB -> ApiError.of("Job not found");
      case UNKNOWN_STOP -> ApiError.of(WireTexts.STOP_NOT_FOUND);
      case UNKNOWN_FINDING -> ApiError.of(WireTexts.FINDING_NOT_FOUND);
      case REVOKED -> ApiError.of(WireTexts.INVALID_KEY);
      case BAD_CURSOR -> new ApiError(message, message, "cursor", null);
      case CONFLICT, ID_TAKEN -> new ApiError(message, message, "sessionId", null);
      case KEY_REUSED -> ApiException.keyReused(IDEMPOTENCY_KEY).body();
      case TOO_MANY_CAPABILITY_SETS -> limit("requiredCapabilities", CAPABILITY_SETS);
      case STORE_FULL -> limit("limits.maxBytes", BYTES);
      case TOO_MANY_PROJECTS -> limit("projectName", PROJECTS);
      case TOO_MANY_WORKERS -> limit("limits.maxWorkers", WORKERS);
      default -> ApiError.of(message);
    };
  }

  static ApiError body(RefusedException refused, Predicate<String> mayKnow) {
    if (refused.refusal() != Refusal.NOT_OWNER) {
      return body(refused.refusal(), String.valueOf(refused.getMessage()));
    }
    @Nullable String owner = refused.owner();
    String named = owner == null ? ", or by none" : mayKnow.test(owner) ? ": " + owner : "";
    return new ApiError(WireTexts.NOT_OWNER, WireTexts.NOT_OWNER + named, null, null);
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
      case CONFLICT -> {
        String text = "batchJobId is taken by other content";
        yield new ApiError(text, text, "batchJobId", null);
      }
      case QUEUE_FULL ->
          ApiError.of("The batch lane holds as many jobs as it may; try again later");
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

  public static Response answer(Refusal refusal) {
    return ErrorAnswers.answer(status(refusal), body(refusal));
  }
}
