package dev.sluice.service.auth.http;

import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.OptionalCaller;
import dev.sluice.service.auth.RefreshCaller;
import dev.sluice.service.auth.WorkerCaller;
import dev.sluice.service.auth.WorkerStandings;
import io.dropwizard.auth.PolymorphicAuthDynamicFeature;
import io.dropwizard.auth.PolymorphicAuthValueFactoryProvider;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import java.util.Map;
import java.util.Set;

/** The authentication of the API. */
public final class Authentication {

  private Authentication() {}

  /** Each resource asks for the kind of caller that it serves. */
  public static void install(
      JerseyEnvironment jersey, WorkerStandings standings, CredentialFilter.Checks checks) {
    jersey.register(
        new PolymorphicAuthDynamicFeature<>(
            Map.of(
                Caller.class, CredentialFilter.forCallers(checks),
                WorkerCaller.class, CredentialFilter.forWorkers(checks),
                RefreshCaller.class, CredentialFilter.forRefresh(checks),
                OptionalCaller.class, CredentialFilter.forOptional(checks))));
    jersey.register(new DeniedOperators());
    jersey.register(new SeenWorkers(standings));
    jersey.register(
        new PolymorphicAuthValueFactoryProvider.Binder<>(
            Set.of(Caller.class, WorkerCaller.class, RefreshCaller.class, OptionalCaller.class)));
  }
}
