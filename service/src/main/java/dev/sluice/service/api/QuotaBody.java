package dev.sluice.service.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.workers.Account;
import dev.sluice.backend.workers.Account.Check;
import dev.sluice.backend.workers.Account.Window;
import dev.sluice.service.auth.secrets.Secrets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The member {@code quota} of a heartbeat: the accounts at providers of models. It may have any
 * shape, since a daemon whose heartbeat is refused loses its lease.
 */
final class QuotaBody {

  static final String NAME = "quota";

  private static final int MAX_WINDOWS = 20;

  private static final int MAX_TEXT = 80;

  /** Hex digits of a hash that stands for an account. */
  private static final int HASH = 12;

  private static final double ALL = 100;

  private QuotaBody() {}

  /** Returns the accounts, packed; empty for none. Leaves out what it can't read. */
  static String read(JsonBody heartbeat) {
    String json = heartbeat.raw(NAME);
    if (json == null
        || !json.startsWith("[")
        || json.length() > Account.MAX_BYTES
        || json.getBytes(UTF_8).length > Account.MAX_BYTES) {
      return "";
    }
    List<Account> accounts = new ArrayList<>();
    try {
      for (JsonNode entry : JsonBody.tree(json)) {
        Account account = account(entry);
        if (account != null) {
          accounts.add(account);
        }
      }
    } catch (JsonProcessingException e) {
      return ""; // it holds a number that is too long
    }
    return Account.pack(accounts);
  }

  private static @Nullable Account account(JsonNode entry) {
    JsonNode id = entry.path("id");
    JsonNode provider = entry.path("provider");
    if (!provider.isTextual() || !(id.isTextual() || id.isMissingNode())) {
      return null;
    }
    JsonNode limits = entry.path("limits");
    return new Account(
        hash(provider.textValue(), id.asText()),
        text(provider),
        text(entry.path("plan")),
        time(limits.path("checkedAt")),
        windows(limits.path("windows")),
        check(entry.path("authCheck")));
  }

  private static List<Window> windows(JsonNode list) {
    List<Window> windows = new ArrayList<>();
    for (JsonNode window : list) {
      JsonNode used = window.path("usedPercent");
      if (used.isNumber() && windows.size() < MAX_WINDOWS) {
        // Rounded down: an account with something left isn't dry.
        int percent = (int) Math.max(0, Math.min(ALL, used.doubleValue()));
        windows.add(
            new Window(
                text(window.path("id")),
                text(window.path("label")),
                percent,
                time(window.path("resetsAt"))));
      }
    }
    return windows;
  }

  private static @Nullable Check check(JsonNode check) {
    return check.path("ok").isBoolean()
        ? new Check(
            text(check.path("harness")),
            check.path("ok").booleanValue(),
            time(check.path("checkedAt")))
        : null;
  }

  /** Returns epoch ms; 0 for anything but a time. */
  private static long time(JsonNode text) {
    try {
      return Math.max(0, OffsetDateTime.parse(text.asText()).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return 0;
    }
  }

  /** One short line without what only machines see; empty for another type. */
  private static String text(JsonNode value) {
    StringBuilder line = new StringBuilder();
    value
        .asText()
        .codePoints()
        .filter(point -> value.isTextual() && isShown(point))
        .limit(MAX_TEXT)
        .forEach(line::appendCodePoint);
    return line.toString();
  }

  private static boolean isShown(int point) {
    int type = Character.getType(point);
    return !Character.isISOControl(point)
        && type != Character.SURROGATE
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }

  /** The id is nobody's business but the provider's; the hash tells accounts apart. */
  private static String hash(String provider, String id) {
    return id.isEmpty() ? "" : Secrets.sha256(provider + '\n' + id).substring(0, HASH);
  }
}
