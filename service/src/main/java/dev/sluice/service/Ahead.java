package dev.sluice.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.jersey.jackson.JacksonFeature;
import io.dropwizard.jersey.validation.Validators;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads on a second core, while the start reads its configuration and opens its store, what it
 * needs afterwards: half of the classes of a start belong to Jersey. Nothing waits for it, and
 * nothing of what it makes stays.
 */
final class Ahead {

  private static final Logger LOG = LoggerFactory.getLogger(Ahead.class);

  private Ahead() {}

  /** Has the shape of many resources. */
  @Path("/api")
  public static final class Sample {
    @POST
    @Path("{id}/calls")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response call(
        @PathParam("id") String id, @QueryParam("wait") String wait, Map<String, String> body) {
      return Response.ok(body).build();
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  static void start() {
    Thread thread =
        new Thread(
            () -> {
              step(Validators::newValidatorFactory);
              step(Ahead::jersey);
              step(ManagementFactory::getPlatformMBeanServer);
              step(Ahead::token);
            },
            "sluice-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  /** The start itself meets and tells what fails here. */
  private static void step(Step step) {
    try {
      step.run();
    } catch (Exception | LinkageError e) {
      LOG.debug("Not loaded ahead", e);
    }
  }

  private static void jersey() throws ExecutionException, InterruptedException {
    ResourceConfig config = new ResourceConfig(Sample.class);
    config.property(ServerProperties.WADL_FEATURE_DISABLE, true);
    config.register(new JacksonFeature(new ObjectMapper()));
    ApplicationHandler handler = new ApplicationHandler(config);
    ContainerRequest request =
        new ContainerRequest(
            URI.create("http://localhost/"),
            URI.create("http://localhost/api/1/calls?wait=0"),
            "POST",
            null,
            new MapPropertiesDelegate(),
            handler.getConfiguration());
    request.header("Content-Type", MediaType.APPLICATION_JSON);
    request.setEntityStream(
        new ByteArrayInputStream("{\"a\":\"b\"}".getBytes(StandardCharsets.UTF_8)));
    handler.apply(request).get();
    handler.getInjectionManager().shutdown();
  }

  private static void token() throws JoseException {
    JsonWebSignature signed = new JsonWebSignature();
    signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    signed.setKey(new HmacKey(new byte[32]));
    signed.setPayload("{}");
    signed.getCompactSerialization();
  }
}
