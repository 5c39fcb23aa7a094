package dev.sluice.service.parts;

import dev.sluice.backend.store.QueueBackend;
import dev.sluice.service.auth.Admission;
import dev.sluice.service.auth.CallerVerifier;
import dev.sluice.service.auth.KeyLookups;
import dev.sluice.service.auth.KeyUses;
import dev.sluice.service.auth.Operators;
import dev.sluice.service.auth.RuntimeTokens;
import dev.sluice.service.auth.StoredKeys;
import dev.sluice.service.auth.WorkerStandings;
import dev.sluice.service.auth.http.Authentication;
import dev.sluice.service.auth.http.CookieCallers;
import dev.sluice.service.auth.http.CredentialFilter;
import dev.sluice.service.auth.http.CurrentClient;
import dev.sluice.service.auth.http.KnownCallers;
import dev.sluice.service.auth.http.LastingCallers;
import dev.sluice.service.auth.http.Logins;
import dev.sluice.service.auth.http.PageVisitors;
import dev.sluice.service.auth.http.SessionCookies;
import dev.sluice.service.auth.secrets.SigningKeys;
import dev.sluice.service.auth.secrets.TokenEnds;
import dev.sluice.service.config.FixedSettings;
import dev.sluice.service.metrics.Meters;

/** Decides who may call, and how often: secrets, keys, tokens and people. */
public final class Access {

  final SecretSetup secrets;
  final SigningKeys signingKeys;
  final RuntimeTokens tokens;
  final WorkerStandings standings;
  final CurrentClient client = new CurrentClient();
  final Admission admission;
  final CallerVerifier verifier;
  final StoredKeys keys;
  final SessionCookies cookies;
  final Logins logins;
  final PageVisitors visitors;
  final Authentication authentication;
  final KnownCallers known;
  final LastingCallers lasting;

  public Access(Node node) {
    QueueBackend backend = node.backend();
    secrets = SecretSetup.of(node.settings(), backend.credentials());
    signingKeys = secrets.signingKeys();
    TokenEnds ends = new TokenEnds(backend.credentials(), node.clock());
    node.environment().lifecycle().manage(ends);
    tokens =
        new RuntimeTokens(
            signingKeys,
            node.clock(),
            node.settings().timing().runtimeToken().toJavaDuration(),
            FixedSettings.REFRESH_GRACE.toJavaDuration(),
            ends);
    standings = new WorkerStandings(backend.workers(), node.clock());
    admission = admission(node);
    verifier =
        new CallerVerifier(
            new KeyLookups(backend.credentials(), admission::exhausted, node.nanoTime()),
            new KeyUses(backend.credentials(), node.clock()),
            tokens,
            standings,
            secrets.secrets().legacyKeys());
    keys = new StoredKeys(backend.audit(), backend.credentials(), verifier, node.clock());
    Operators operators =
        new Operators(node.settings().operators(), secrets.firstStart()::adminPasswords);
    cookies =
        new SessionCookies(
            signingKeys,
            operators,
            node.clock(),
            node.settings().timing().operatorSession().toJavaDuration(),
            ends);
    logins = new Logins(operators, cookies, node.clock(), admission);
    visitors = new PageVisitors(cookies);
    authentication =
        new Authentication(
            standings,
            new CredentialFilter.Checks(verifier, new CookieCallers(cookies), admission));
    known = new KnownCallers(verifier, cookies, client);
    lasting = new LastingCallers(verifier, cookies, client);
  }

  private Admission admission(Node node) {
    Meters meters = node.monitoring().meters();
    return new Admission(
        node.settings().rates().limits(),
        new Admission.Counters(meters::authenticationFailed, meters::rateLimited),
        client::address,
        node.nanoTime());
  }
}
