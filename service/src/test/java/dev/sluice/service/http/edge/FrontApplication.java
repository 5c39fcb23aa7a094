package dev.sluice.service.http.edge;

import dev.sluice.service.SluiceApplication;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.config.SluiceConfiguration;
import io.dropwizard.auth.Auth;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The service with threads that tests may hold. */
public final class FrontApplication extends SluiceApplication {

  static final String HELD = "/api/held";

  /** Holds threads of calls that are always served. */
  static final String VITAL_HELD = "/api/workers/held/held";

  /** Holds threads of unknown callers. */
  static final String OPEN_HELD = "/open-held";

  /** For everyone; its answer is more than the buffers of a connection hold. */
  static final String LARGE = "/large";

  private static final byte[] LARGE_ANSWER = new byte[8 * 1024 * 1024];

  private static final AtomicInteger BEGUN = new AtomicInteger();
  private static final AtomicInteger WRITTEN = new AtomicInteger();
  private static final AtomicInteger INSIDE = new AtomicInteger();
  private static volatile CountDownLatch release = new CountDownLatch(1);

  @Override
  public void run(SluiceConfiguration configuration, Environment environment) {
    super.run(configuration, environment);
    environment.jersey().register(new Hold());
    environment.jersey().register(new HoldVital());
    environment.servlets().addServlet("large", new Large()).addMapping(LARGE);
    environment.servlets().addServlet("open-held", new HoldOpen()).addMapping(OPEN_HELD);
  }

  static int held() {
    return INSIDE.get();
  }

  /** Large answers that were begun, and those whose thread has left them. */
  static int begun() {
    return BEGUN.get();
  }

  static int written() {
    return WRITTEN.get();
  }

  static void hold() {
    BEGUN.set(0);
    WRITTEN.set(0);
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

  private static final class Large extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      BEGUN.incrementAndGet();
      response.getOutputStream().write(LARGE_ANSWER);
      response.getOutputStream().close();
      WRITTEN.incrementAndGet();
    }
  }

  private static final class HoldOpen extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        response.getWriter().write(held(release));
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
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
