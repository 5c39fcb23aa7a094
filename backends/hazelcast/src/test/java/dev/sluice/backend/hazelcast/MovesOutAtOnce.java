package dev.sluice.backend.hazelcast;

import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.RepeatingBackend;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.WorkerRef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A backend that moves ended sessions out after each call. */
record MovesOutAtOnce(HazelcastContractTest.OnMember on) implements BackendUnderTest {

  @Override
  public QueueBackend backend() {
    return proxy(QueueBackend.class, on.backend());
  }

  @Override
  public QueueBackend anotherNode() {
    return on.anotherNode();
  }

  @Override
  public RepeatingBackend repeating() {
    return new WithoutMoves(on.repeating());
  }

  /** Ended sessions are moved out before a call, which therefore moves none. */
  private record WithoutMoves(RepeatingBackend all) implements RepeatingBackend {

    @Override
    public QueueBackend backend() {
      return all.backend();
    }

    @Override
    public <T extends @Nullable Object> T losing(Supplier<T> call) {
      return all.losing(call);
    }

    @Override
    public Set<String> lost() {
      return all.lost();
    }

    @Override
    public Set<String> writes() {
      Set<String> writes = new TreeSet<>(all.writes());
      writes.removeAll(Set.of("MoveOut", "NoteWritten"));
      return writes;
    }

    @Override
    public void close() {
      all.close();
    }
  }

  @Override
  public void damage(String org, String sessionId) {
    on.damage(org, sessionId);
  }

  @Override
  public void loseItem(String org, String sessionId) {
    on.loseItem(org, sessionId);
  }

  @Override
  public List<String> leftovers(String org) {
    return on.leftovers(org);
  }

  @Override
  public String contradictions(String org) {
    return on.contradictions(org);
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
        AnswerLog.aside(() -> moveOut(arguments[0]));
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
