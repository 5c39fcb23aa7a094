package dev.sluice.service.findings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.findings.FindingNotice;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.fleet.Rounds;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.webhooks.WebhookSecrets;
import dev.sluice.service.webhooks.WebhookTarget;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers the notices of all orgs: docs/operating.md, "Webhook". */
public final class Webhook implements Managed {

  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

  private static final long PAUSE_MS = 1_000;
  private static final long LONGEST_PAUSE_MS = 60_000;

  /** A post ends before other nodes may try its notice again. */
  private static final int AT_ONCE = 1;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final QueueBackend backend;
  private final WebhookTarget target;
  private final List<SecretKeySpec> keys;
  private final List<SecretKeySpec> standardKeys;
  private final Clock clock;
  private final Rounds rounds =
      new Rounds("sluice-webhook", this::round, PAUSE_MS, LONGEST_PAUSE_MS);

  private Webhook(QueueBackend backend, URI url, WebhookBlock block, Clock clock) {
    this.backend = backend;
    this.target = new WebhookTarget(url, block.allowPrivate, "findings.webhook.allowPrivate");
    this.keys =
        block.secrets().stream()
            .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
            .map(secret -> new SecretKeySpec(secret, "HmacSHA256"))
            .toList();
    this.standardKeys = block.secrets().stream().map(WebhookSecrets::key).toList();
    this.clock = clock;
  }

  /** Returns none without a url. */
  public static List<Webhook> of(WebhookBlock block, QueueBackend backend, Clock clock) {
    URI url = block.url();
    return url == null ? List.of() : List.of(new Webhook(backend, url, block, clock));
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Body(String id, String event, String org, long at, int attempt, FindingAnswer finding) {}

  @Override
  public void start() {
    rounds.start();
  }

  @Override
  public void stop() {
    rounds.stop();
  }

  /** Delivers what is due. */
  void round() {
    for (String org : backend.upkeep().orgs()) {
      try {
        deliver(org);
      } catch (BackendUnavailableException e) {
        LOG.debug("No notices of org {}", org, e);
      } catch (RuntimeException e) {
        LOG.error("Telling of findings of org {} failed", org, e);
      }
    }
  }

  private void deliver(String org) {
    List<String> delivered = List.of();
    do {
      List<FindingNotice> due = take(org, delivered);
      delivered = new ArrayList<>(due.size());
      for (FindingNotice notice : due) {
        if (deliver(org, notice)) {
          delivered.add(notice.id());
        }
      }
    } while (!delivered.isEmpty());
  }

  private List<FindingNotice> take(String org, List<String> delivered) {
    // A closed org keeps them.
    return Refusals.except(
        Set.of(Refusal.CLOSED),
        () -> backend.findings().takeNotices(org, delivered, AT_ONCE),
        words -> List.of());
  }

  private boolean deliver(String org, FindingNotice notice) {
    byte[] body = json(org, notice);
    long seconds = clock.millis() / 1_000;
    String timestamp = String.valueOf(seconds);
    String id = org + "-" + notice.id();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("X-Sluice-Delivery", org + "/" + notice.id());
    headers.put("X-Sluice-Timestamp", timestamp);
    headers.put(
        "X-Sluice-Signature",
        keys.stream()
            .map(key -> "v1=" + signature(key, timestamp, body))
            .collect(Collectors.joining(",")));
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", timestamp);
    headers.put("webhook-signature", WebhookSecrets.signatures(standardKeys, id, seconds, body));
    String problem;
    try {
      int status = target.post(headers, body).status();
      if (status >= 200 && status < 300) {
        return true;
      }
      problem = "it answered " + status;
    } catch (IOException e) {
      problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
    LOG.warn(
        "The webhook at {} did not take notice {} of org {} at try {}: {}",
        target.host(),
        notice.id(),
        org,
        notice.attempt(),
        problem);
    return false;
  }

  private byte[] json(String org, FindingNotice notice) {
    try {
      return MAPPER.writeValueAsBytes(
          new Body(
              notice.id(),
              notice.begin() ? "finding.began" : "finding.ended",
              org,
              notice.atMs(),
              notice.attempt(),
              FindingAnswer.of(notice.finding(), notice.atMs())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** HMAC-SHA256 over the timestamp, a dot and the body. */
  private static String signature(SecretKeySpec key, String timestamp, byte[] body) {
    byte[] head = (timestamp + ".").getBytes(StandardCharsets.US_ASCII);
    return HexFormat.of().formatHex(WebhookSecrets.hmac(key, head, body));
  }
}
