package dev.sluice.service.resources;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Names;
import dev.sluice.control.Actor;
import dev.sluice.service.api.CanonicalJson;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Valid for one operation of one credential; the store gets a hash of all three. Bodies are
 * compared as canonical JSON.
 */
public final class IdempotencyKey {

  public static final String HEADER = Refusals.IDEMPOTENCY_KEY;

  static final String REPLAYED = "Idempotency-Replayed";

  private static final IdempotencyKey NONE = new IdempotencyKey(null, "");

  private final @Nullable String key;
  private final String bodyHash;

  private IdempotencyKey(@Nullable String key, String bodyHash) {
    this.key = key;
    this.bodyHash = bodyHash;
  }

  /** 1-256 bytes without control characters; {@code operation} is the verb and its object. */
  public static IdempotencyKey ofHeader(
      @Nullable String given, Actor actor, String operation, JsonBody body) {
    String problem = given == null ? null : Names.problem(given);
    if (problem != null) {
      throw ApiException.invalid(HEADER, problem);
    }
    return of(given, actor, operation, body);
  }

  /** Null means none; a text is already checked. */
  public static IdempotencyKey of(
      @Nullable String given, Actor actor, String operation, JsonBody body) {
    return given == null
        ? NONE
        : new IdempotencyKey(
            hash(String.join("\n", operation, actor.name(), given)), CanonicalJson.hash(body));
  }

  /**
   * Returns 24 hex digits that a repeat of the call gets too, but no call with another body; fresh
   * ones without a key.
   */
  public String name(Supplier<String> fresh) {
    return key == null ? fresh.get() : hex(hash(key + '\n' + bodyHash));
  }

  /** As {@link #name}, but a call with another body gets the same ones. */
  public String id(Supplier<String> fresh) {
    return key == null ? fresh.get() : hex(hash(key));
  }

  private static String hex(String hash) {
    return HexFormat.of().formatHex(Base64.getUrlDecoder().decode(hash), 0, 12);
  }

  /** Parts count from 0. */
  public @Nullable Idempotency part(int part) {
    return key == null ? null : new Idempotency(key, part, bodyHash);
  }

  /** Marks a replayed answer. */
  public static Response answer(Response.ResponseBuilder answer, boolean replayed) {
    return (replayed ? answer.header(REPLAYED, true) : answer).build();
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
