package dev.sluice.service.auth;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

public final class Admission {

  /** {@code anonymous} by address, the others by credential. */
  public record Limits(Rate anonymous, Rate credential, Rate registration) {}

  /** Counters of this node, by kind of failure and by the setting that refused a call. */
  public record Counters(Consumer<String> failed, Consumer<String> limited) {}

  private static final String ANONYMOUS = "rates.anonymous";
  private static final String CREDENTIAL = "rates.credential";
  private static final String REGISTRATION = "rates.registration";

  /** The settings that refuse calls. */
  public static final List<String> RATES = List.of(ANONYMOUS, CREDENTIAL, REGISTRATION);

  private final RateLimit anonymous;
  private final RateLimit credential;
  private final RateLimit registration;
  private final Counters counters;
  private final FailureLog log;
  private final Supplier<String> address;

  public Admission(
      Limits limits, Counters counters, Supplier<String> address, LongSupplier nanoTime) {
    this.anonymous = new RateLimit(ANONYMOUS, limits.anonymous(), nanoTime);
    this.credential = new RateLimit(CREDENTIAL, limits.credential(), nanoTime);
    this.registration = new RateLimit(REGISTRATION, limits.registration(), nanoTime);
    this.counters = counters;
    this.log = new FailureLog(nanoTime);
    this.address = address;
  }

  public void anonymous() {
    long wait = anonymous.take(address.get());
    if (wait > 0) {
      counters.limited().accept(ANONYMOUS);
      throw anonymous.refusal("without a valid credential from this address", wait);
    }
  }

  /** True if the current address has no calls without a valid credential left. */
  public boolean exhausted() {
    return anonymous.exhausted(address.get());
  }

  public void failed(FailedAuthentication kind) {
    refused(kind);
    if (kind.mayBeGuess()) {
      anonymous();
    }
  }

  /** Counts a failed authentication of a call that {@link #anonymous} has admitted. */
  public void refused(FailedAuthentication kind) {
    count(kind);
    log.failed(kind, address.get());
  }

  /** Counts a failed authentication that is limited and logged elsewhere. */
  public void count(FailedAuthentication kind) {
    counters.failed().accept(kind.label());
  }

  public void authenticated(Caller caller) {
    if (credential.on()) {
      take(credential, CREDENTIAL, caller);
    }
  }

  public void registering(Caller caller) {
    take(registration, REGISTRATION, caller);
  }

  private void take(RateLimit limit, String setting, Caller caller) {
    long wait = limit.take(caller.org() + ' ' + caller.credentialId() + ' ' + caller.workerId());
    if (wait > 0) {
      counters.limited().accept(setting);
      throw limit.refusal("with this credential", wait);
    }
  }
}
