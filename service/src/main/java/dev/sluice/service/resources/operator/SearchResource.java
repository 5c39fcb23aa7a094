package dev.sluice.service.resources.operator;

import dev.sluice.backend.Names;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.control.FleetSearch;
import dev.sluice.service.api.answers.SearchAnswer;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

@Path("api/search")
@Produces(MediaType.APPLICATION_JSON)
public final class SearchResource {

  private static final Set<Refusal> NONE = Set.of(Refusal.UNKNOWN_SESSION, Refusal.DAMAGED);

  private final Function<String, FleetSearch> fleets;
  private final Sessions sessions;

  /**
   * @param fleets the fleet of an org, as of a second ago
   */
  public SearchResource(Function<String, FleetSearch> fleets, Sessions sessions) {
    this.fleets = fleets;
    this.sessions = sessions;
  }

  @GET
  public SearchAnswer search(@Auth Caller caller, @QueryParam("q") @Nullable String q) {
    String org = caller.require(Scope.FLEET_READ).org();
    String text = q == null ? "" : q.strip();
    if (text.isEmpty()) {
      throw ApiException.invalid("q", "is required");
    }
    if (text.length() > FleetSearch.MOST_TEXT) {
      throw ApiException.invalid("q", "must be at most " + FleetSearch.MOST_TEXT + " characters");
    }
    FleetSearch fleet = fleets.apply(org);
    return SearchAnswer.of(
        exact(caller, text).orElse(null), fleet.find(text, caller::sees, caller::sees), fleet);
  }

  private Optional<Session> exact(Caller caller, String id) {
    if (Names.problem(id) != null) {
      return Optional.empty();
    }
    String org = caller.org();
    return found(() -> sessions.find(org, id).value())
        .or(() -> found(() -> sessions.findPublic(org, id).value()))
        .filter(caller::sees);
  }

  private static Optional<Session> found(Supplier<Session> read) {
    return Refusals.except(NONE, () -> Optional.of(read.get()), unknown -> Optional.empty());
  }
}
