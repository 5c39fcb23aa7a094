package dev.sluice.service.api.items;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.service.api.CanonicalJson;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.items.ItemType.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An item with {@code operationalPayload}, its content once more: Go workers decode it only if both
 * are equal in the form of RFC 8785. So all members must be there when it is enqueued.
 */
final class SealedItem {

  static final String SEAL = "operationalPayload";

  /** Members beside the content, and not in the seal. */
  private static final List<String> BESIDE =
      List.of(
          "admissionReceipt",
          "claimReceipt",
          "effectiveCell",
          "executionRuntimeBinding",
          SEAL,
          "hostAdaptationReceipt");

  private SealedItem() {}

  /** Null of an item without seal. {@code required} are the members that must be beside it. */
  static @Nullable Fault fault(JsonBody item, List<String> required) {
    if (!item.mentionsInAnyCase(SEAL)) {
      return null;
    }
    if (!item.mentions(SEAL)) {
      return new Fault(SEAL, "must be spelled like this");
    }
    for (String member : required) {
      if (!item.has(member)) {
        return new Fault(member, "is required beside " + SEAL);
      }
    }
    try {
      return JsonBody.tree(item.text()) instanceof ObjectNode whole ? fault(whole) : null;
    } catch (JsonProcessingException e) {
      return new Fault(SEAL, "holds a number that is too long");
    }
  }

  private static @Nullable Fault fault(ObjectNode item) {
    JsonNode seal = item.get(SEAL);
    if (!seal.isObject()) {
      return new Fault(SEAL, "must be an object");
    }
    for (String member : BESIDE) {
      if (seal.has(member)) {
        return new Fault(SEAL, "must not hold " + member);
      }
    }
    return CanonicalJson.equal(seal, item.without(BESIDE))
        ? null
        : new Fault(SEAL, "must equal the item without it and without receipts");
  }
}
