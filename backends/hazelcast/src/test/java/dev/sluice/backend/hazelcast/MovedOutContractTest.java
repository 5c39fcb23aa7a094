package dev.sluice.backend.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.PollRequest;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Rules;
import dev.sluice.backend.WorkerRef;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.QueueBackendContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, with ended sessions out of the entry at once instead of after a minute. */
class MovedOutContractTest extends QueueBackendContract {

  private static HazelcastInstance member;

  @BeforeAll
  static void startMember() {
    member = Hazelcast.newHazelcastInstance(MemberConfig.alone());
  }

  @AfterAll
  static void shutMemberDown() {
    member.shutdown();
  }

  @Override
  protected BackendUnderTest open(Rules rules, MovableClock clock) {
    return new Eager(
        new HazelcastContractTest.OnMember(
            member, new BackendEnvironment(rules, Path.of("unused"), clock)));
  }

  /** Moves out what has ended after each call. */
  private record Eager(HazelcastContractTest.OnMember on) implements BackendUnderTest {

    @Override
    public QueueBackend backend() {
      return proxy(QueueBackend.class, on.backend());
    }

    @Override
    public void damage(String org, String sessionId) {
      on.damage(org, sessionId);
    }

    @Override
    public boolean loseItem(String org, String sessionId) {
      return on.loseItem(org, sessionId);
    }

    @Override
    public List<String> leftovers(String org) {
      return on.leftovers(org);
    }

    @Override
    public void close() {
      on.close();
    }

    private <T> T proxy(Class<T> type, Object target) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> call(target, method, arguments)));
    }

    private Object call(Object target, Method method, Object[] arguments) throws Throwable {
      Object answer;
      try {
        answer = method.invoke(target, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      } finally {
        if (arguments != null) {
          moveOut(arguments[0]);
        }
      }
      return arguments == null
              && method.getReturnType().isInterface()
              && answer != target
              && method.getDeclaringClass() == QueueBackend.class
          ? proxy(method.getReturnType(), answer)
          : answer;
    }

    private void moveOut(Object first) {
      String org =
          first instanceof PollRequest poll
              ? poll.worker().org()
              : first instanceof WorkerRef worker ? worker.org() : null;
      if (first instanceof String name) {
        org = name;
      }
      if (org != null) {
        on.backend().upkeep().moveOutNow(org);
      }
    }
  }
}
