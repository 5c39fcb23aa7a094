package dev.sluice.service.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.service.api.WorkBatch;
import dev.sluice.service.resources.PlacePages.Wanted;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchPagesTest {

  private static final String ORG = "org";
  private static final Wanted ALL = new Wanted(Place.ANY, null, Map.of());
  private static final Wanted LABELLED = ALL.labelled(Map.of("n", "last"));

  private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, StoreTime.STORE);
  private final AtomicInteger finds = new AtomicInteger();
  private final Sessions counted =
      (Sessions)
          Proxy.newProxyInstance(
              Sessions.class.getClassLoader(),
              new Class<?>[] {Sessions.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("find")) {
                  finds.incrementAndGet();
                }
                try {
                  return method.invoke(backend.sessions(), arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });

  @Test
  void aLabelThatFewHaveCostsAThousandReadsACall() {
    WorkBatch batch = batch(2_500, "");
    List<Integer> pages = new ArrayList<>();
    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      finds.set(0);
      PlacePages.All page = new BatchPages(counted, ORG, batch, LABELLED).page(cursor, 10);
      pages.add(finds.get());
      page.sessions().stream().map(Session::id).forEach(found::add);
      cursor = page.next();
    } while (cursor != null);
    assertThat(pages).containsExactly(1_000, 1_000, 500);
    assertThat(found).containsExactly(batch.session(2_499));
  }

  @Test
  void largeItemsThatNobodyWantsEndAPageEarlier() {
    WorkBatch batch = batch(60, "x".repeat(1_000_000));
    PlacePages.All page = new BatchPages(counted, ORG, batch, LABELLED).page(null, 10);
    assertThat(page.sessions()).isEmpty();
    assertThat(finds.get()).isBetween(30, 40);
    assertThat(page.next()).isEqualTo(String.valueOf(finds.get()));
  }

  @Test
  void aCursorIsADecimalNumberOfOneOfItsItems() {
    WorkBatch batch = batch(3, "");
    BatchPages pages = new BatchPages(counted, ORG, batch, ALL);
    assertThat(pages.page("2", 10).sessions()).hasSize(1);
    assertThat(pages.page("", 10).sessions()).hasSize(3);
    for (String wrong :
        List.of("3", "+1", "-0", "-1", " 1", "1 ", "\u0661", "\uff11", "000000", "x", "99999")) {
      assertThatThrownBy(() -> pages.page(wrong, 10), wrong)
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.BAD_CURSOR));
    }
  }

  /** The last item has the label. */
  private WorkBatch batch(int items, String prompt) {
    WorkBatch batch = WorkBatch.of("0123456789abcdef01234567", items);
    for (int item = 0; item < items; item++) {
      String id = batch.session(item);
      String label = item == items - 1 ? "last" : "other";
      String json = "{\"prompt\":\"" + prompt + "\",\"labels\":{\"n\":\"" + label + "\"}}";
      backend
          .work()
          .enqueue(ORG, List.of(new NewWork(id, id, id, "p", List.of(), 3, 1, 0, 0, id, json)));
    }
    return batch;
  }
}
