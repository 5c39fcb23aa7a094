package dev.sluice.service.webhooks;

import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.items.Labels;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.webhooks.WebhookRecord.Format;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as a caller wants it.
 *
 * @param types empty for all
 * @param projects empty for the whole org
 * @param labels those that the work of an event must have
 * @param secret null for a new one
 */
public record NewWebhook(
    String url,
    List<String> types,
    List<String> projects,
    SortedMap<String, String> labels,
    @Nullable String secret,
    Format format) {

  private static final int MAX_URL = 2_048;
  private static final int MAX_TYPES = 64;
  private static final int MAX_PROJECTS = 100;

  public static NewWebhook read(JsonBody body, boolean allowPrivate) {
    return new NewWebhook(
        url(body.requiredText("url", MAX_URL), allowPrivate),
        body.names("types", MAX_TYPES),
        body.names("projects", MAX_PROJECTS),
        Labels.read(body),
        WebhookSecrets.checked(body),
        format(body.string("format")));
  }

  private static String url(String text, boolean allowPrivate) {
    URI url = WebhookTarget.parse(text);
    if (url == null || !allowPrivate && !WebhookTarget.isHttps(url)) {
      throw ApiException.invalid(
          "url",
          "must be https:// with a host, without user or fragment"
              + (allowPrivate ? ", or http://" : ""));
    }
    if (!allowPrivate && WebhookTarget.isPrivateLiteral(url.getHost())) {
      throw ApiException.invalid(
          "url", "names a private address, which webhooks.allowPrivate forbids");
    }
    return text;
  }

  private static Format format(@Nullable String wanted) {
    return wanted == null
        ? Format.STANDARD
        : Arrays.stream(Format.values())
            .filter(format -> format.wire().equals(wanted))
            .findFirst()
            .orElseThrow(() -> ApiException.invalid("format", "must be standard or cloudevents"));
  }

  boolean isLike(WebhookRecord.Settings made, String itsSecret) {
    return made.url().equals(url)
        && made.types().equals(types)
        && made.projects().equals(projects)
        && made.labels().equals(labels)
        && made.format() == format
        && (secret == null || secret.equals(itsSecret));
  }

  /** Leaves out the secret. */
  @Override
  public String toString() {
    return "NewWebhook[" + url + "]";
  }
}
