package dev.sluice.service.api.items;

import static dev.sluice.service.api.items.ItemType.COUNT;
import static dev.sluice.service.api.items.ItemType.FLAG;
import static dev.sluice.service.api.items.ItemType.OBJECT;
import static dev.sluice.service.api.items.ItemType.TEXTS;
import static dev.sluice.service.api.items.ItemType.TEXTS_BY_NAME;
import static dev.sluice.service.api.items.ItemType.WHOLE;
import static dev.sluice.service.api.items.ItemType.listOf;
import static dev.sluice.service.api.items.ItemType.object;

import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.items.ItemType.Fault;
import dev.sluice.service.api.items.ItemType.Members;
import dev.sluice.service.errors.ApiException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of a work item that clients decode: one of a wrong type makes a Go worker reject the
 * whole poll answer with its claims. Other members may be anything.
 */
public final class ItemMembers {

  private static final List<String> FILLED =
      List.of("sessionId", "issueId", "issueIdentifier", "priority", WorkItems.QUEUED_AT);

  /** For stored items; {@link WorkItems} has narrower rules for new ones. */
  private static final Members FILLED_TYPES =
      object().texts("sessionId issueId issueIdentifier").all("priority queuedAt", WHOLE);

  private static final ItemType CREDENTIALS = listOf(object().all("anyOf", TEXTS));

  private static final Members TYPES =
      object()
          .texts("prompt providerSessionId workType sourceSessionId projectName projectId")
          .texts("repository model subAgentModel promptContext linearSessionId trackerSessionId")
          .texts("sessionName agentCardId agentCardName repositoryId workareaMode")
          .texts("parentWorkareaId cacheSeedId ref baseRef projectScope organizationId body title")
          .texts("mentionContext parentContext branch harness servingHost stagePrompt stageId")
          .texts("stageSourceEventId systemPromptOverride injectedPoolId mcpAuthToken")
          .texts("mcpAuthTokenExpiresAt memoryBlock mode initialPrompt traceparent tracestate")
          .texts("sessionStorageId sessionPublicId")
          .all("requiresRepository mergeQueueLanding recordingEnabled", FLAG)
          .all("maxDurationSeconds", COUNT)
          .all("resources", object().all("vCpu memoryMb", COUNT))
          .all("disallowedTools allowedTools", TEXTS)
          .all("env", TEXTS_BY_NAME)
          .all("tenantEnvelope stageLifecycle", OBJECT)
          .all("stageBudget", object().all("maxDurationSeconds maxSubAgents maxTokens", WHOLE))
          .all("interviewBudget", object().all("maxWallClockSeconds idleGraceSeconds", WHOLE))
          .all("terminalWorkareaLease", lease())
          .all("pullRequest", pullRequest())
          .all("modelProfile", modelProfile())
          .all("resolvedProfile", resolvedProfile())
          .all("credentialRequirements", CREDENTIALS)
          .all("mcpServers", mcpServers())
          .all("skills", listOf(object().texts("id body").all("disallowedTools", TEXTS)))
          .all("kits", kits())
          .all("repositoryFilter", RepositoryDeclaration.FILTER)
          .all("repositoryDeclaration", new RepositoryDeclaration());

  private static Members lease() {
    return object()
        .texts("schemaVersion")
        .all("settlementBudgetMs safetyMarginMs leaseDurationMs maxLeaseDurationMs", WHOLE);
  }

  private static Members pullRequest() {
    return object()
        .texts("owner repo url headSha headRef baseSha baseRef state title localRef")
        .all("number", WHOLE);
  }

  private static Members modelProfile() {
    return object().texts("id providerId harness model mode").all("context maxOutputTokens", WHOLE);
  }

  private static Members resolvedProfile() {
    return object()
        .texts("harness servingHost provider runner model effort credentialId authMode company")
        .all("providerConfig", OBJECT)
        .all("contextWindow", WHOLE)
        .all("platformAllowed", TEXTS)
        .all("credentialRequirements", CREDENTIALS)
        .all(
            "endpoint",
            object()
                .texts("company model baseUrl protocol host endpointId endpointOperator")
                .texts("endpointRevision modelAuthor authBindingId authAuthority")
                .texts("authCommercialMode authBindingScope authPortability authDelivery")
                .texts("mechanism"));
  }

  private static ItemType mcpServers() {
    return listOf(
        object()
            .texts("name type command url")
            .all("args", TEXTS)
            .all("env headers", TEXTS_BY_NAME));
  }

  private static Members kits() {
    Members owner = object().texts("kitId name digestKind contentDigest");
    return object()
        .texts("os composition_digest")
        .all("kits toolchain_install post_acquire pre_release", TEXTS)
        .all("env", TEXTS_BY_NAME)
        .all("commands", listOf(object().texts("shell pathScope").all("identity", owner)))
        .all("command_bindings", listOf(object().texts("alias pathScope").all("selected", owner)));
  }

  private ItemMembers() {}

  /** 400 names the first wrong member by its path. */
  static void check(JsonBody item) {
    refuseTwins(item, FILLED);
    item.requireFiniteNumbers(item.memberNames());
    Fault fault = fault(item, TYPES);
    fault = fault == null ? SealedItem.fault(item, FILLED) : fault;
    if (fault != null) {
      throw ApiException.invalid(fault.path(), fault.problem());
    }
  }

  /**
   * Tells why Go workers can't decode a stored item, such as {@code title must be a string}; null
   * if they can, or if there is none. Items of older builds were not checked as now.
   */
  public static @Nullable String unreadable(String item) {
    if (item.isEmpty()) {
      return null;
    }
    try {
      JsonBody body = JsonBody.parse(item);
      check(body);
      Fault fault = fault(body, FILLED_TYPES);
      return fault == null ? null : fault.path() + " " + fault.problem();
    } catch (ApiException e) {
      return e.getMessage();
    }
  }

  /** Returns the members that Go workers can't decode; none for an item that can't be read. */
  public static List<String> undecodable(String item) {
    try {
      JsonBody body = JsonBody.parse(item);
      return body.memberNames().stream()
          .filter(name -> faultOf(body, name, TYPES) != null)
          .toList();
    } catch (ApiException e) {
      return List.of();
    }
  }

  private static @Nullable Fault fault(JsonBody item, Members types) {
    for (String name : item.memberNames()) {
      Fault fault = faultOf(item, name, types);
      if (fault != null) {
        return fault.below(name);
      }
    }
    return null;
  }

  private static @Nullable Fault faultOf(JsonBody item, String name, Members types) {
    ItemType type = types.of(name);
    String json = type == null ? null : item.raw(name);
    return type == null || json == null ? null : type.faultOf(json);
  }

  /**
   * Refuses two members that differ only by case: Go takes the last, so {@code SessionID} would
   * override {@code sessionId}.
   */
  static void refuseTwins(JsonBody item, List<String> own) {
    SortedMap<String, String> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    own.forEach(name -> seen.put(name, name));
    for (String name : item.memberNames()) {
      String twin = seen.putIfAbsent(name, name);
      if (twin != null && !twin.equals(name)) {
        throw ApiException.invalid(name, "differs from " + twin + " by case only");
      }
    }
  }
}
