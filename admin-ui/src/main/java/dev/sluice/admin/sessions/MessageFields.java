package dev.sluice.admin.sessions;

import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.acts.InvalidFieldException;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.control.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

public final class MessageFields {

  static final String TYPE = "type";
  static final String LANE = "lane";
  static final String TEXT = "text";

  /** A stop is a separate act. */
  private static final List<MessageType> TYPES =
      List.of(MessageType.DIRECTIVE, MessageType.NUDGE, MessageType.HOOK_RESULT);

  /** Longer texts are left out of the curl command. */
  private static final int MOST_SHOWN = 1_000;

  private MessageFields() {}

  public static ActForm ask(ActForm form, FormInput typed) {
    return form.asking(
            Field.choice(TYPE, "Type", types(typed.text(TYPE)))
                .hint(
                    "A directive gives an instruction, a nudge asks for a sign of life, a "
                        + "hook-result answers a hook."))
        .asking(
            Field.choice(LANE, "Lane", lanes(typed.text(LANE)))
                .hint("By default, a directive is urgent and the others are normal."))
        .asking(text(typed.lines(TEXT)).needed());
  }

  static Field text(String value) {
    return Field.lines(TEXT, "Text", value);
  }

  public static NewMessage read(Visit visit, Actor actor, FormInput typed) {
    MessageType type = type(typed.text(TYPE));
    Lane lane = lane(typed.text(LANE));
    typed.required(TEXT);
    return message(visit, actor, type, lane, typed.lines(TEXT));
  }

  /**
   * @param lane null for the default of the type
   */
  static NewMessage message(
      Visit visit, Actor actor, MessageType type, @Nullable Lane lane, String text) {
    String problem = NewMessage.payloadProblem(text);
    if (problem != null) {
      throw new InvalidFieldException(TEXT, problem);
    }
    return new NewMessage(
        type, lane == null ? type.lane() : lane, text, actor.name(), visit.visitor().name());
  }

  static String body(Visit visit, FormInput typed) {
    MessageType type =
        TYPES.stream()
            .filter(each -> each.wire().equals(typed.text(TYPE)))
            .findFirst()
            .orElse(MessageType.DIRECTIVE);
    String lane =
        Stream.of(Lane.values())
            .map(Lane::wire)
            .filter(wire -> wire.equals(typed.text(LANE)))
            .findFirst()
            .orElse(null);
    return body(visit, type, lane, typed.lines(TEXT));
  }

  static String body(Visit visit, MessageType type, @Nullable String lane, String text) {
    boolean shown = !text.isBlank() && text.length() <= MOST_SHOWN;
    return JsonText.object(
        TYPE,
        type.wire(),
        LANE,
        lane,
        "payload",
        shown ? text : "message text",
        "userId",
        visit.visitor().actor(),
        "userName",
        visit.visitor().name(),
        FormInput.REASON,
        "why");
  }

  private static List<Field.Option> types(String chosen) {
    return TYPES.stream()
        .map(type -> new Field.Option(type.wire(), type.wire(), type.wire().equals(chosen)))
        .toList();
  }

  private static List<Field.Option> lanes(String chosen) {
    List<Field.Option> options = new ArrayList<>();
    options.add(new Field.Option("", "default lane of the type", chosen.isEmpty()));
    Stream.of(Lane.values())
        .map(lane -> new Field.Option(lane.wire(), lane.wire(), lane.wire().equals(chosen)))
        .forEach(options::add);
    return options;
  }

  private static MessageType type(String typed) {
    return TYPES.stream()
        .filter(type -> type.wire().equals(typed))
        .findFirst()
        .orElseThrow(() -> new InvalidFieldException(TYPE, "must be from the list"));
  }

  private static @Nullable Lane lane(String typed) {
    if (typed.isEmpty()) {
      return null;
    }
    return Stream.of(Lane.values())
        .filter(lane -> lane.wire().equals(typed))
        .findFirst()
        .orElseThrow(() -> new InvalidFieldException(LANE, "must be from the list"));
  }
}
