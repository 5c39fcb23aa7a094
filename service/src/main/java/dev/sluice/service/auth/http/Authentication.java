package dev.sluice.service.auth.http;

import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.OptionalCaller;
import dev.sluice.service.auth.RefreshCaller;
import dev.sluice.service.auth.WorkerCaller;
import dev.sluice.service.auth.WorkerStandings;
import io.dropwizard.auth.PolymorphicAuthDynamicFeature;
import io.dropwizard.auth.PolymorphicAuthValueFactoryProvider;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;

/** The authentication of the API. Each resource asks for the kind of caller that it serves. */
public final class Authentication {

  private final Map<Class<? extends Principal>, CredentialFilter> checks;
  private final SeenWorkers seen;

  public Authentication(WorkerStandings standings, CredentialFilter.Checks checks) {
    this.checks =
        Map.of(
            Caller.class, CredentialFilter.forCallers(checks),
            WorkerCaller.class, CredentialFilter.forWorkers(checks),
            RefreshCaller.class, CredentialFilter.forRefresh(checks),
            OptionalCaller.class, CredentialFilter.forOptional(checks));
    this.seen = new SeenWorkers(standings);
  }

  public void install(ResourceConfig jersey) {
    Map<Class<? extends Principal>, ContainerRequestFilter> filters = new HashMap<>(checks);
    jersey.register(new PolymorphicAuthDynamicFeature<>(filters));
    jersey.register(new DeniedOperators());
    jersey.register(seen);
    jersey.register(new PolymorphicAuthValueFactoryProvider.Binder<>(checks.keySet()));
  }

  public CredentialFilter check(Class<?> kind) {
    return Objects.requireNonNull(checks.get(kind), kind::getName);
  }

  /** Call after each call that does not go through Jersey; {@code caller} null means unknown. */
  public void answered(int status, @Nullable Object answer, @Nullable Principal caller) {
    seen.answered(status, answer, caller);
  }
}
