package dev.sluice.service.resources.operator;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.Findings;
import dev.sluice.backend.keys.Scope;
import dev.sluice.control.Actor;
import dev.sluice.service.api.EndBody;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.findings.FindingAnswer;
import dev.sluice.service.findings.FindingAnswer.FindingList;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;

/** A finding of no project, or of another one, does not exist for keys bound to projects. */
@Path("api/findings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class FindingResource {

  private static final String KEY = "key";

  private final Findings findings;
  private final Clock clock;

  public FindingResource(Findings findings, Clock clock) {
    this.findings = findings;
    this.clock = clock;
  }

  @GET
  public FindingList list(@Auth Caller caller) {
    Actor actor = caller.require(Scope.FLEET_READ);
    return FindingList.of(findings.list(actor.org()), each -> sees(caller, each), clock.millis());
  }

  @POST
  @Path("{key}/ack")
  public FindingAnswer acknowledge(@Auth Caller caller, @PathParam(KEY) String key, byte[] body) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    String found = known(caller, key);
    AuditNote note = actor.because(Reasons.of(JsonBody.ofOptional(body))).note();
    return answer(findings.acknowledge(actor.org(), found, note));
  }

  @POST
  @Path("{key}/mute")
  public FindingAnswer mute(@Auth Caller caller, @PathParam(KEY) String key, byte[] body) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    String found = known(caller, key);
    JsonBody json = JsonBody.of(body);
    long until = end(json);
    AuditNote note = actor.because(Reasons.of(json)).note();
    return answer(findings.mute(actor.org(), found, until, note));
  }

  private long end(JsonBody json) {
    long now = clock.millis();
    return EndBody.of(
        json, now, Findings.LONGEST_MUTE_MS, until -> Findings.muteProblem(until, now));
  }

  @POST
  @Path("{key}/unmute")
  public FindingAnswer unmute(@Auth Caller caller, @PathParam(KEY) String key, byte[] body) {
    Actor actor = caller.require(Scope.FLEET_WRITE);
    String found = known(caller, key);
    AuditNote note = actor.because(Reasons.of(JsonBody.ofOptional(body))).note();
    return answer(findings.mute(actor.org(), found, 0, note));
  }

  private FindingAnswer answer(Finding finding) {
    return FindingAnswer.of(finding, clock.millis());
  }

  private String known(Caller caller, String key) {
    String name = PathIds.check(KEY, key);
    if (caller.bound()
        && findings.list(caller.org()).stream()
            .noneMatch(each -> each.key().equals(name) && sees(caller, each))) {
      throw ApiException.findingNotFound();
    }
    return name;
  }

  private static boolean sees(Caller caller, Finding finding) {
    return !caller.bound() || (!finding.project().isEmpty() && caller.sees(finding.project()));
  }
}
