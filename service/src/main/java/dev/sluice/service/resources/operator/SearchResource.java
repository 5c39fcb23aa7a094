package dev.sluice.service.resources.operator;

import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.control.FleetSearch;
import dev.sluice.control.Searches;
import dev.sluice.service.api.answers.SearchAnswer;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.errors.ApiException;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

@Path("api/search")
@Produces(MediaType.APPLICATION_JSON)
public final class SearchResource {

  private final Function<String, FleetSearch> fleets;
  private final Sessions sessions;
  private final Searches searches;

  /**
   * @param fleets the fleet of an org, as of a second ago
   * @param searches also of the dashboard
   */
  public SearchResource(
      Function<String, FleetSearch> fleets, Sessions sessions, Searches searches) {
    this.fleets = fleets;
    this.sessions = sessions;
    this.searches = searches;
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
    try {
      return searches.run(org, caller.credentialId(), () -> search(caller, org, text));
    } catch (Searches.TooManyException e) {
      throw ApiException.tooMany(Searches.TOO_MANY, 1);
    }
  }

  private SearchAnswer search(Caller caller, String org, String text) {
    FleetSearch fleet = fleets.apply(org);
    return SearchAnswer.of(
        FleetSearch.stored(sessions, org, text, caller::sees),
        fleet.find(text, caller::sees, caller::sees, caller.readsPrompts()),
        fleet,
        caller::sees,
        caller.readsPrompts());
  }
}
