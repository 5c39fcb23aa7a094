package dev.sluice.service.http.operator;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.OwnedSession;
import dev.sluice.service.http.SluiceServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

public abstract class UnreadContract {

  protected abstract SluiceServer server();

  @Test
  void aMessageStandsInItsLaneUntilItIsAcknowledged() {
    OwnedSession session = OwnedSession.of(server());
    String message = session.send("directive", "x".repeat(1_000));
    JsonNode queued = find("urgent", message);
    assertThat(queued.at("/sessionId").asText()).isEqualTo(session.id());
    assertThat(queued.at("/payload").asText()).isEqualTo("x".repeat(256) + "…");
    assertThat(queued.at("/type").asText()).isEqualTo("directive");
    assertThat(queued.at("/lane").asText()).isEqualTo("urgent");
    assertThat(queued.has("deliveredAt")).isFalse();
    assertThat(find("normal", message).isMissingNode()).isTrue();

    session.polled();
    assertThat(find("urgent", message).at("/deliveredAt").asLong())
        .isGreaterThanOrEqualTo(queued.at("/createdAt").asLong());

    session.done("inbox/ack", "{\"messageId\":\"" + message + "\",\"lane\":\"urgent\"}");
    assertThat(find("urgent", message).isMissingNode()).isTrue();
  }

  @Test
  void aLaneIsReadPageByPage() {
    OwnedSession session = OwnedSession.of(server());
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sent.add(session.send("nudge", "number " + i));
    }

    assertThat(all("normal", 2)).containsSubsequence(sent);
    assertThat(get("?lane=normal&limit=1").at("/normal").asLong()).isGreaterThanOrEqualTo(5);
    assertThat(get("").at("/messages"))
        .allMatch(each -> each.at("/lane").asText().equals("urgent"));
  }

  @Test
  void whatIsWrongIsNamed() {
    for (String lane : List.of("slow", "URGENT", "%00", "urgent,normal")) {
      wrong("?lane=" + lane, "lane");
    }
    for (String limit : List.of("0", "1001", "x", "1.5")) {
      wrong("?limit=" + limit, "limit");
    }
    for (String cursor : List.of("x", "AAAA", "%00")) {
      wrong("?cursor=" + cursor, "cursor");
    }
    assertThat(server().get("/api/inbox?lane=&cursor=&limit=", API_KEY).status()).isEqualTo(200);
    assertThat(server().get("/api/inbox", null).status()).isEqualTo(401);
  }

  private void wrong(String query, String field) {
    Answer answer = server().get("/api/inbox" + query, API_KEY);
    assertThat(answer.status()).as(query).isEqualTo(400);
    assertThat(answer.text("/field")).as(query).isEqualTo(field);
  }

  private JsonNode find(String lane, String message) {
    for (JsonNode each : get("?limit=1000&lane=" + lane).at("/messages")) {
      if (each.at("/id").asText().equals(message)) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }

  private List<String> all(String lane, int limit) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get("?lane=" + lane + "&limit=" + limit + cursor);
      page.at("/messages").forEach(each -> ids.add(each.at("/id").asText()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.at("/nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    return ids;
  }

  private JsonNode get(String query) {
    Answer answer = server().get("/api/inbox" + query, API_KEY);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer.json();
  }
}
