package dev.sluice.service.process;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.sluice.service.SluiceApplication;
import dev.sluice.service.config.SluiceConfiguration;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Sluice with a call that makes it fail. */
public final class DoomedSluice extends SluiceApplication {

  private static final AtomicInteger HOARDED = new AtomicInteger();

  public static void main(String[] args) throws Exception {
    new DoomedSluice().run(args);
  }

  @Override
  public void run(SluiceConfiguration configuration, Environment environment) {
    super.run(configuration, environment);
    environment.jersey().register(new Doom());
    if (Boolean.getBoolean("doomed.start")) {
      environment.jersey().register(new NoFeature());
    }
    environment.servlets().addServlet("doom", new DoomServlet()).addMapping("/doom");
  }

  static int exhaust() {
    return new long[Integer.MAX_VALUE - 8].length + new long[Integer.MAX_VALUE - 8].length;
  }

  /** Leaves no byte of the heap, where {@link #exhaust} leaves all. */
  private static void hoard() {
    List<byte[]> kept = new ArrayList<>(1_000_000);
    while (true) {
      kept.add(new byte[HOARDED.incrementAndGet() % 64]);
    }
  }

  /** Fails outside of Jersey. */
  private static final class DoomServlet extends jakarta.servlet.http.HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(
        jakarta.servlet.http.HttpServletRequest request,
        jakarta.servlet.http.HttpServletResponse response) {
      response.setStatus(exhaust());
    }
  }

  private static final class NoFeature implements DynamicFeature {
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
      throw new IllegalArgumentException("no feature for " + resource.getResourceMethod());
    }
  }

  /** Fails where the call says. */
  @Path("/doom/{where}")
  public static final class Doom {

    @POST
    public int fail(@PathParam("where") String where) {
      HazelcastInstance member = Hazelcast.getAllHazelcastInstances().iterator().next();
      switch (where) {
        case "call" -> exhaust();
        case "thread" -> new Thread(DoomedSluice::exhaust).start();
        case "hoard" -> new Thread(DoomedSluice::hoard).start();
        case "pool" -> Executors.newSingleThreadExecutor().execute(DoomedSluice::exhaust);
        case "partition" -> member.getMap("doom").executeOnKey("key", entry -> exhaust());
        case "member" -> member.shutdown();
        default -> throw new IllegalArgumentException(where);
      }
      return 0;
    }
  }
}
