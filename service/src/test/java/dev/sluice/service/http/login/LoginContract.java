package dev.sluice.service.http.login;

import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.dashboard.DashboardActsFleetContract;
import dev.sluice.service.http.dashboard.DashboardActsQueueContract;
import dev.sluice.service.http.dashboard.DashboardContract;
import dev.sluice.service.http.dashboard.DashboardStopsContract;
import dev.sluice.service.http.dashboard.DashboardWorkActsContract;
import java.util.List;
import org.junit.jupiter.api.Nested;

/**
 * Logins of operators and their permissions, on one running service, whose log is searched for
 * secrets at the end.
 */
abstract class LoginContract {

  static final List<String> OPERATORS =
      List.of(
          "vera viewer default vera's-password",
          "otto operator default otto's-password",
          "ada admin default ada's-password",
          "eve operator elsewhere eve's-password",
          "leo viewer default leo's-password");

  /** As behind a proxy that tells a call's origin. */
  static final String FORWARDED = "edge.trustedProxies=127.0.0.1";

  static final String NOT_FORWARDED = "edge.trustedProxies=192.0.2.1";

  /** Makes a dead letter of the first nack. */
  static final String ONE_NACK = "limits.maxNacks=1";

  protected abstract LoginEdge edge();

  /** Same signing secret, as after a restart. */
  protected abstract LoginEdge another(List<String> operators);

  @Nested
  class Access extends AccessContract {
    @Override
    protected LoginEdge edge() {
      return LoginContract.this.edge();
    }
  }

  @Nested
  class Sessions extends LoginSessionContract {
    @Override
    protected LoginEdge edge() {
      return LoginContract.this.edge();
    }

    @Override
    protected LoginEdge another(List<String> operators) {
      return LoginContract.this.another(operators);
    }
  }

  @Nested
  class Limits extends LoginLimitContract {
    @Override
    protected LoginEdge edge() {
      return LoginContract.this.edge();
    }
  }

  @Nested
  class Cookies extends LoginCookieContract {
    @Override
    protected LoginEdge edge() {
      return LoginContract.this.edge();
    }
  }

  @Nested
  class Roles extends LoginRoleContract {
    @Override
    protected LoginEdge edge() {
      return LoginContract.this.edge();
    }
  }

  @Nested
  class OtherSites extends LoginCrossSiteContract {
    @Override
    protected LoginEdge edge() {
      return LoginContract.this.edge();
    }
  }

  @Nested
  class Dashboard extends DashboardContract {
    @Override
    protected LoginEdge edge() {
      return LoginContract.this.edge();
    }
  }

  @Nested
  class ActsOnTheFleet extends DashboardActsFleetContract {
    @Override
    protected LoginEdge edge() {
      return LoginContract.this.edge();
    }
  }

  @Nested
  class ActsOnQueues extends DashboardActsQueueContract {
    @Override
    protected LoginEdge edge() {
      return LoginContract.this.edge();
    }
  }

  @Nested
  class ActsOnWork extends DashboardWorkActsContract {
    @Override
    protected LoginEdge edge() {
      return LoginContract.this.edge();
    }
  }

  @Nested
  class Stops extends DashboardStopsContract {
    @Override
    protected LoginEdge edge() {
      return LoginContract.this.edge();
    }
  }
}
