package dev.sluice.backend.engine;

import dev.sluice.backend.JsonBytes;
import dev.sluice.backend.Page;
import dev.sluice.backend.engine.operation.StoredText;
import dev.sluice.backend.engine.read.ShownMessage;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.store.StoredBytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class MessageTexts {

  private static final Logger LOG = LoggerFactory.getLogger(MessageTexts.class);

  private MessageTexts() {}

  static StoredText store(Blobs texts, String org, String sessionId, String text, long nowMs) {
    return new StoredText(
        texts.store(org, sessionId, text, nowMs),
        nowMs,
        Message.excerpt(text),
        StoredBytes.ofMessage(text),
        JsonBytes.of(text));
  }

  /** As {@link #show}, but texts of the later messages are cut where all would fill a page. */
  static List<Message> showPage(Blobs texts, String org, List<ShownMessage> records) {
    List<ShownMessage> byAge = new ArrayList<>(records);
    byAge.sort(Comparator.comparingLong(shown -> shown.message().seq()));
    Set<ShownMessage> whole = new HashSet<>();
    long bytes = 0;
    for (ShownMessage shown : byAge) {
      bytes += shown.message().answerBytes();
      if (bytes <= Page.MAX_BYTES) {
        whole.add(shown);
      }
    }
    if (bytes <= Page.MAX_BYTES) {
      return show(texts, org, records);
    }
    Map<String, Message> shown = new HashMap<>();
    show(texts, org, List.copyOf(whole)).forEach(message -> shown.put(message.id(), message));
    List<Message> messages = new ArrayList<>(records.size());
    for (ShownMessage record : records) {
      Message message = whole.contains(record) ? shown.get(record.message().id()) : excerpt(record);
      if (message != null) {
        messages.add(message);
      }
    }
    return messages;
  }

  static Message excerpt(ShownMessage shown) {
    return shown.message().show(shown.message().excerpt()).offered(shown.offeredAtMs());
  }

  static List<Message> show(Blobs texts, String org, List<ShownMessage> records) {
    if (records.isEmpty()) {
      return List.of();
    }
    List<@Nullable String> found =
        texts.fetch(
            records.stream()
                .map(ShownMessage::message)
                .filter(message -> message.text() != Blobs.EMPTY)
                .map(message -> new Blobs.Ref(org, message.sessionId(), message.text()))
                .toList());
    List<Message> messages = new ArrayList<>(records.size());
    int next = 0;
    for (ShownMessage shown : records) {
      MessageRecord message = shown.message();
      String text = message.text() == Blobs.EMPTY ? "" : found.get(next++);
      if (text == null) {
        // acknowledged meanwhile, or lost
        LOG.warn("the text of message {} of org {} is missing", message.id(), org);
      } else {
        messages.add(message.show(text).offered(shown.offeredAtMs()));
      }
    }
    return messages;
  }
}
