package dev.sluice.service.http.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.ApiCall;
import dev.sluice.service.http.ApiScene;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A user's call with the fields of its row in {@link ApiCall}. */
final class BadInputRow extends BadInputCall {

  private final SluiceServer server;
  private final ApiCall call;
  private ApiScene scene;
  private String path;

  private BadInputRow(SluiceServer server, ApiCall call) {
    super(call.toString(), call.success());
    this.server = server;
    this.call = call;
    renew();
  }

  static List<BadInputCall> all(SluiceServer server) {
    return ApiCall.ALL.stream()
        .filter(call -> !call.fields().isEmpty() && !call.hasOwnFields())
        .<BadInputCall>map(call -> new BadInputRow(server, call))
        .toList();
  }

  private void renew() {
    scene = new ApiScene(server);
    path = ApiCall.fill(call.path(), scene::made);
  }

  @Override
  String path() {
    return path;
  }

  @Override
  String bearer() {
    return SluiceServer.API_KEY;
  }

  @Override
  Map<String, String> valid() {
    Map<String, String> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : StrictJson.read(call.body()).properties()) {
      members.put(member.getKey(), member.getValue().toString());
    }
    return members;
  }

  @Override
  List<BadInputField> fields() {
    return call.fields().stream()
        .map(name -> Objects.requireNonNull(ApiCall.FIELDS.get(name), name))
        .toList();
  }

  @Override
  boolean optionalBody() {
    return call.body().equals("{}");
  }

  @Override
  String kept(Answer answer) {
    scene.end();
    renew();
    return answer.body();
  }
}
