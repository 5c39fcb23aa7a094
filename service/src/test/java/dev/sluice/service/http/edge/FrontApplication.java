package dev.sluice.service.http.edge;

import dev.sluice.service.SluiceApplication;
import dev.sluice.service.SluiceConfiguration;
import dev.sluice.service.auth.Caller;
import io.dropwizard.auth.Auth;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The service with threads that tests may hold. */
public final class FrontApplication extends SluiceApplication {

  static final String HELD = "/api/held";

  /** Holds threads of calls that are always served. */
  static final String VITAL_HELD = "/api/workers/held/held";

  private static final AtomicInteger INSIDE = new AtomicInteger();
  private static volatile CountDownLatch release = new CountDownLatch(1);

  @Override
  public void run(SluiceConfiguration configuration, Environment environment) {
    super.run(configuration, environment);
    environment.jersey().register(new Hold());
    environment.jersey().register(new HoldVital());
  }

  static int held() {
    return INSIDE.get();
  }

  static void hold() {
    INSIDE.set(0);
    release = new CountDownLatch(1);
  }

  static void release() {
    release.countDown();
  }

  private static String held(CountDownLatch until) throws InterruptedException {
    INSIDE.incrementAndGet();
    until.await();
    return "{}";
  }

  @Path(HELD)
  public static final class Hold {
    @GET
    public String get(@Auth Caller caller) throws InterruptedException {
      return held(release);
    }
  }

  @Path(VITAL_HELD)
  public static final class HoldVital {
    @GET
    public String get(@Auth Caller caller) throws InterruptedException {
      return held(release);
    }
  }
}
