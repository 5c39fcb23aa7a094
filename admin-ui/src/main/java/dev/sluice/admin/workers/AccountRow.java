package dev.sluice.admin.workers;

import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.TimeText;
import dev.sluice.backend.workers.Account;
import dev.sluice.backend.workers.Worker;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account at a provider, of a worker or a host.
 *
 * @param account a hash of its id
 */
public record AccountRow(
    String provider,
    @Nullable String account,
    @Nullable String plan,
    Badge badge,
    List<Window> windows,
    @Nullable TimeText checked) {

  /** A limit of it, such as {@code Weekly 40 %}. */
  public record Window(String words, @Nullable TimeText resets) {}

  /** Of several workers that report an account, the one that checked it last counts. */
  public static Rows<AccountRow> of(List<Worker> workers, long now) {
    Map<String, Account> latest = new LinkedHashMap<>();
    for (Worker worker : workers) {
      for (Account account : worker.accounts()) {
        latest.merge(
            account.provider() + '\n' + account.account(),
            account,
            (one, other) -> one.checkedAtMs() >= other.checkedAtMs() ? one : other);
      }
    }
    return new Rows<>(
        latest.values().stream()
            .sorted(Comparator.comparing(Account::provider).thenComparing(Account::account))
            .map(account -> of(account, now))
            .toList());
  }

  private static AccountRow of(Account account, long now) {
    return new AccountRow(
        account.provider(),
        orNull(account.account()),
        orNull(account.plan()),
        badge(account, now),
        account.windows().stream().map(window -> window(window, now)).toList(),
        TimeText.of(account.checkedAtMs(), now));
  }

  private static Badge badge(Account account, long now) {
    if (account.loginFails()) {
      return new Badge(Badge.FAIL, "login fails");
    }
    return account.dryUntilMs(now) > 0
        ? new Badge(Badge.WAIT, "dry")
        : new Badge(Badge.DONE, "ready");
  }

  private static Window window(Account.Window window, long now) {
    String label = window.label().isEmpty() ? window.id() : window.label();
    return new Window(
        (label.isEmpty() ? "" : label + " ") + window.usedPercent() + " %",
        TimeText.of(window.resetsAtMs(), now));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
