package dev.sluice.service.api;

import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.service.errors.ApiException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The bodies of a message and of its acknowledgement. */
public final class InboxBody {

  private static final String TYPES =
      "must be one of: "
          + Arrays.stream(MessageType.values())
              .map(MessageType::wire)
              .collect(Collectors.joining(", "));

  private InboxBody() {}

  /** A stop is always urgent; others use the given lane or that of their type. */
  public static NewMessage message(JsonBody body) {
    String wanted = body.string("type");
    MessageType type =
        Arrays.stream(MessageType.values())
            .filter(known -> known.wire().equals(wanted))
            .findFirst()
            .orElseThrow(() -> ApiException.invalid("type", TYPES));
    @Nullable Lane lane = body.has("lane") ? requiredLane(body) : null;
    String payload = type == MessageType.STOP && !body.has("payload") ? "" : payload(body);
    return new NewMessage(
        type,
        lane == null || type == MessageType.STOP ? type.lane() : lane,
        payload,
        body.name("userId"),
        body.name("userName"));
  }

  private static String payload(JsonBody body) {
    String payload = body.string("payload");
    String problem = payload == null ? "is required" : NewMessage.payloadProblem(payload);
    if (payload == null || problem != null) {
      throw ApiException.invalid("payload", String.valueOf(problem));
    }
    return payload;
  }

  public static Lane requiredLane(JsonBody body) {
    return lane(body.string("lane"));
  }

  public static Lane lane(@Nullable String wanted) {
    return Arrays.stream(Lane.values())
        .filter(known -> known.wire().equals(wanted))
        .findFirst()
        .orElseThrow(() -> ApiException.invalid("lane", "must be \"urgent\" or \"normal\""));
  }
}
