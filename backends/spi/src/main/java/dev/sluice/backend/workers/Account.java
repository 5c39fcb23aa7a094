package dev.sluice.backend.workers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An account at a provider of models, as a worker last reported it. Times are epoch ms, and 0 if
 * unknown.
 *
 * @param account a hash that stands for its id; empty if unknown
 * @param plan empty if unknown
 * @param check null if its login was never checked
 */
public record Account(
    String account,
    String provider,
    String plan,
    long checkedAtMs,
    List<Window> windows,
    @Nullable Check check) {

  /** Most accounts of a worker. */
  public static final int MAX = 100;

  /** Most bytes of a worker's accounts, packed. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final String BETWEEN_ACCOUNTS = "\u001e";
  private static final String BETWEEN_FIELDS = "\u001f";
  private static final String BETWEEN_WINDOWS = "\u001d";
  private static final String BETWEEN_PARTS = "\u001c";

  public Account {
    windows = List.copyOf(windows);
  }

  /**
   * A limit of an account.
   *
   * @param usedPercent 0 to 100
   */
  public record Window(String id, String label, int usedPercent, long resetsAtMs) {}

  /** The latest check of a login. */
  public record Check(String harness, boolean ok, long checkedAtMs) {}

  /** Returns when the last window that is used up is reset; 0 if the account isn't dry. */
  public long dryUntilMs(long nowMs) {
    long until =
        windows.stream()
            .filter(window -> window.usedPercent >= 100)
            .mapToLong(Window::resetsAtMs)
            .max()
            .orElse(0);
    return until > nowMs ? until : 0;
  }

  /** True if the latest check of its login failed. */
  public boolean loginFails() {
    return check != null && !check.ok;
  }

  /**
   * Returns the form in which stores keep accounts; empty for none. Leaves out those that have no
   * room. Control characters become blanks.
   */
  public static String pack(List<Account> accounts) {
    StringBuilder packed = new StringBuilder();
    int bytes = 0;
    for (Account account : accounts.subList(0, Math.min(MAX, accounts.size()))) {
      String next = (packed.isEmpty() ? "" : BETWEEN_ACCOUNTS) + account.packed();
      bytes += next.getBytes(UTF_8).length;
      if (bytes > MAX_BYTES) {
        break;
      }
      packed.append(next);
    }
    return packed.toString();
  }

  private String packed() {
    return String.join(
        BETWEEN_FIELDS,
        plain(account),
        plain(provider),
        plain(plan),
        String.valueOf(checkedAtMs),
        windows.stream()
            .map(
                window ->
                    String.join(
                        BETWEEN_PARTS,
                        plain(window.id),
                        plain(window.label),
                        String.valueOf(window.usedPercent),
                        String.valueOf(window.resetsAtMs)))
            .collect(Collectors.joining(BETWEEN_WINDOWS)),
        check == null ? "" : plain(check.harness),
        check == null ? "" : String.valueOf(check.ok),
        check == null ? "" : String.valueOf(check.checkedAtMs));
  }

  private static String plain(String text) {
    return text.chars().noneMatch(Character::isISOControl)
        ? text
        : text.replaceAll("\\p{Cntrl}", " ");
  }

  /** Reads what {@link #pack} made. Leaves out what it can't read. */
  public static List<Account> unpack(String packed) {
    List<Account> accounts = new ArrayList<>();
    for (String each : parts(packed, BETWEEN_ACCOUNTS)) {
      try {
        accounts.add(account(parts(each, BETWEEN_FIELDS)));
      } catch (IndexOutOfBoundsException | NumberFormatException e) {
        continue;
      }
    }
    return accounts;
  }

  private static Account account(List<String> fields) {
    List<Window> windows = new ArrayList<>();
    for (String window : parts(fields.get(4), BETWEEN_WINDOWS)) {
      List<String> parts = parts(window, BETWEEN_PARTS);
      windows.add(
          new Window(
              parts.get(0),
              parts.get(1),
              Integer.parseInt(parts.get(2)),
              Long.parseLong(parts.get(3))));
    }
    return new Account(
        fields.get(0),
        fields.get(1),
        fields.get(2),
        Long.parseLong(fields.get(3)),
        windows,
        fields.get(6).isEmpty()
            ? null
            : new Check(
                fields.get(5), Boolean.parseBoolean(fields.get(6)), Long.parseLong(fields.get(7))));
  }

  private static List<String> parts(String text, String separator) {
    return text.isEmpty() ? List.of() : List.of(text.split(separator, -1));
  }
}
