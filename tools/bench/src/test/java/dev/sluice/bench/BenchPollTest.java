package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bench.BenchPoll.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchPollTest {

  @Test
  void readsWhatTheChecksNeedAndPassesOverTheRest() throws Exception {
    BenchPoll answer =
        parse(
            """
            {"claims": {"s1": {"acceptBy": 5, "token": 11}},
             "work": [{"kits": {"priority": "nested", "work": []}, "sessionId": "s1", "issueId": "i",
                       "priority": 3, "queuedAt": 1700000000000, "prompt": "p", "env": null}],
             "inboxMessages": {"s0": [{"id": "1-0", "sessionId": "s0"}]}, "hasInboxMessages": true,
             "preClaimed": true, "claimedSessionIds": ["s1"], "batchWork": []}
            """);

    assertThat(answer)
        .isEqualTo(
            new BenchPoll(
                List.of(new Item("s1", 3, 1_700_000_000_000L)),
                true,
                List.of("s1"),
                Map.of("s1", 11L)));
  }

  @Test
  void anEmptyAnswerHasNoTokens() throws Exception {
    assertThat(parse("{\"work\":[],\"inboxMessages\":{},\"preClaimed\":false}"))
        .isEqualTo(new BenchPoll(List.of(), false, List.of(), null));
  }

  @Test
  void refusesWhatClientsCannotDecode() {
    List<String> broken =
        List.of(
            "",
            "[]",
            "<html>",
            "{\"work\":[]",
            "{\"work\":null}",
            "{\"work\":[{\"priority\":1,\"queuedAt\":1}]}",
            "{\"work\":[{\"sessionId\":7,\"priority\":1,\"queuedAt\":1}]}",
            "{\"work\":[{\"sessionId\":\"s\",\"priority\":1.0,\"queuedAt\":1}]}",
            "{\"work\":[{\"sessionId\":\"s\",\"priority\":1,\"queuedAt\":1.7e12}]}",
            "{\"work\":[],\"claimedSessionIds\":\"s\"}",
            "{\"work\":[],\"claims\":{\"s\":{\"token\":\"7\"}}}");
    for (String body : broken) {
      assertThatThrownBy(() -> parse(body))
          .as(body)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the answer to a poll");
    }
  }

  private static BenchPoll parse(String body) throws IOException {
    return BenchPoll.parse(body.getBytes(StandardCharsets.UTF_8));
  }
}
