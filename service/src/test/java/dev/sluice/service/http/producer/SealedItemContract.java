package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Items with {@code operationalPayload}, which Go workers compare in the form of RFC 8785. */
public abstract class SealedItemContract {

  private static final String SEAL = "operationalPayload";

  private static final String UNEQUAL =
      "operationalPayload must equal the item without it and without receipts";

  protected abstract SluiceServer server();

  public static String sealed(String members) {
    StringBuilder all = new StringBuilder(members);
    for (String each :
        List.of(
            "\"issueId\":\"i\"",
            "\"issueIdentifier\":\"ENG-1\"",
            "\"priority\":3",
            "\"queuedAt\":1767225600000")) {
      if (all.indexOf(each.substring(0, each.indexOf(':'))) < 0) {
        all.append(',').append(each);
      }
    }
    return "{" + all + ",\"operationalPayload\":{" + all + "}}";
  }

  @Test
  void aSealedItemComesBackByteForByte() {
    String id = "seal-" + System.nanoTime();
    String item =
        sealed("\"sessionId\":\"%s\",\"issueId\":\"%1$s\",\"projectName\":\"%1$s\"".formatted(id));
    server().enqueue(item);
    TestWorker worker =
        server().register("{\"hostname\":\"h\",\"hostInfo\":{},\"projects\":[\"" + id + "\"]}");
    assertThat(worker.poll().body()).contains("\"work\":[" + item + "]");
    worker.report(id, "completed");
  }

  @Test
  void formDoesNotCount() {
    taken("\"n\":1", "\"n\":1.0");
    taken("\"n\":100", "\"n\":1e2");
    taken("\"n\":0", "\"n\":-0.0");
    taken("\"n\":9007199254740993", "\"n\":9007199254740992");
    taken("\"n\":1e-400", "\"n\":0");
    taken("\"n\":0.1", "\"n\":0.1000000000000000055511151231257827");
    taken("\"t\":\"<\\u00e9/\"", "\"t\":\"\\u003cé\\/\"");
    taken("\"t\":\"\\ud83d\\ude00\"", "\"t\":\"😀\"");
    taken("\"t\":\"\\ud800\"", "\"t\":\"\\ufffd\"");
    taken("\"o\":{\"a\":[1,{}],\"b\":null}", "\"o\" : { \"b\":null, \"a\":[ 1, { } ] }");
  }

  @Test
  void contentCounts() {
    refused("\"n\":1", "\"n\":2", SEAL, UNEQUAL);
    refused("\"n\":1", "\"n\":\"1\"", SEAL, UNEQUAL);
    refused("\"n\":1", "\"m\":1", SEAL, UNEQUAL);
    refused("\"n\":1", "\"N\":1", SEAL, UNEQUAL);
    refused("\"n\":null", "\"m\":null", SEAL, UNEQUAL);
    refused("\"n\":null", "\"n\":false", SEAL, UNEQUAL);
    refused("\"n\":1", "\"n\":1,\"m\":1", SEAL, UNEQUAL);
    refused("\"n\":1,\"m\":1", "\"n\":1", SEAL, UNEQUAL);
    refused("\"n\":[1,2]", "\"n\":[2,1]", SEAL, UNEQUAL);
    refused("\"n\":[]", "\"n\":{}", SEAL, UNEQUAL);
    refused("\"n\":\"?\"", "\"n\":\"\\ud800\"", SEAL, UNEQUAL);
    refused("\"n\":9007199254740992", "\"n\":9007199254740994", SEAL, UNEQUAL);
  }

  @Test
  void receiptsStandBesideTheSeal() {
    for (String receipt :
        List.of(
            "admissionReceipt",
            "claimReceipt",
            "effectiveCell",
            "executionRuntimeBinding",
            "hostAdaptationReceipt")) {
      String member = "\"" + receipt + "\":{\"a\":1}";
      taken("\"n\":1," + member, "\"n\":1");
      refused("\"n\":1," + member, "\"n\":1," + member, SEAL, SEAL + " must not hold " + receipt);
    }
    refused(
        "\"n\":1",
        "\"n\":1,\"operationalPayload\":{}",
        SEAL,
        SEAL + " must not hold operationalPayload");
  }

  @Test
  void aSealIsAnObjectOfThatName() {
    for (String wrong : List.of("null", "[]", "\"{}\"", "1")) {
      refused(item("\"n\":1", wrong, SEAL), SEAL, SEAL + " must be an object");
    }
    refused(item("\"n\":1", "{}", "OperationalPayload"), SEAL, SEAL + " must be spelled like this");
  }

  @Test
  void nothingIsFilledInBehindASeal() {
    String item = both("\"n\":1", "\"n\":1");
    for (String member :
        List.of("sessionId", "issueId", "issueIdentifier", "priority", "queuedAt")) {
      for (String instead : List.of("", "\"" + member + "\":null,")) {
        String less = item.replaceFirst("\"" + member + "\":[^,]+,", instead);
        assertThat(less).isNotEqualTo(item);
        refused(less, member, member + " is required beside operationalPayload");
      }
    }
  }

  private static String item(String members, String seal, String name) {
    return "{" + complete(members) + ",\"" + name + "\":" + seal + "}";
  }

  private static String complete(String members) {
    return "\"sessionId\":\"seal\",\"issueId\":\"i\",\"issueIdentifier\":\"i\",\"priority\":3,"
        + "\"queuedAt\":5,"
        + members;
  }

  /** An item and its seal, both with all that is required. */
  private static String both(String members, String sealed) {
    return item(members, "{" + complete(sealed) + "}", SEAL);
  }

  private void taken(String members, String seal) {
    String id = "seal-" + System.nanoTime();
    server().enqueue(both(members, seal).replace("\"seal\"", "\"" + id + "\""));
    server().delete("/api/work/" + id, API_KEY);
  }

  private void refused(String members, String seal, String field, String error) {
    refused(both(members, seal), field, error);
  }

  private void refused(String item, String field, String error) {
    Answer answer = server().post("/api/work", API_KEY, item);
    assertThat(answer.status()).as(item).isEqualTo(400);
    assertThat(answer.text("/error")).isEqualTo(error);
    assertThat(answer.text("/field")).isEqualTo(field);
  }
}
