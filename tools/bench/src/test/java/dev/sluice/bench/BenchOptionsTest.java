package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bench.options.BenchOption;
import dev.sluice.bench.options.UsageException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {

  @Test
  void defaults() throws Exception {
    BenchOptions options = parse();
    assertThat(options.url()).isEqualTo(URI.create("http://127.0.0.1:8080"));
    assertThat(options.mode()).isEqualTo(BenchMode.DRAIN);
    assertThat(options.workers()).isEqualTo(16);
    assertThat(options.connections()).isEqualTo(8);
    assertThat(options.capacity()).isEqualTo(5);
    assertThat(options.items()).isEqualTo(10_000);
    assertThat(options.payloadBytes()).isEqualTo(500);
    assertThat(options.projects()).isEqualTo(1);
    assertThat(options.batch()).isEqualTo(500);
    assertThat(options.prefix()).isEqualTo("new-");
    assertThat(options.prefixGiven()).isFalse();
    assertThat(options.patience()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.retry()).isEqualTo(Duration.ZERO);
    assertThat(options.runs()).isEqualTo(1);
    assertThat(options.warmup()).isEqualTo(2_000);
    assertThat(options.complete()).isFalse();
    assertThat(options.json()).isFalse();
  }

  @Test
  void readersBelongToModesWithEvents() throws Exception {
    assertThat(parse(BenchOption.READERS, "3", BenchOption.QUIET_READERS, "4").readers())
        .isEqualTo(3);
    assertThatThrownBy(() -> parse(BenchOption.MODE, "heartbeats", BenchOption.READERS, "3"))
        .isInstanceOf(UsageException.class);
    assertThatThrownBy(
            () -> parse(BenchOption.URL, "https://127.0.0.1", BenchOption.QUIET_READERS, "3"))
        .isInstanceOf(UsageException.class);
  }

  @Test
  void flagsAreSpelledWithDashes() {
    assertThat(BenchOption.REGISTRATION_TOKEN.flag()).isEqualTo("--registration-token");
    assertThat(BenchOption.URL.flag()).isEqualTo("--url");
  }

  @Test
  void noMoreConnectionsThanWorkers() throws Exception {
    assertThat(parse(BenchOption.WORKERS, "3").connections()).isEqualTo(3);
  }

  @Test
  void aDispatchHasAConnectionForEachWorkerAndOneForTheProducer() throws Exception {
    BenchOptions options =
        parse(BenchOption.MODE, "dispatch", BenchOption.WORKERS_URL, "http://127.0.0.2:1");
    assertThat(options.workers()).isEqualTo(100);
    assertThat(options.connections()).isEqualTo(101);
    assertThat(options.rate()).isEqualTo(50);
    assertThat(options.burst()).isFalse();
    assertThat(options.workersUrl()).isEqualTo(URI.create("http://127.0.0.2:1"));
    assertThat(parse(BenchOption.MODE, "dispatch").workersUrl()).isEqualTo(options.url());
    assertThat(parse(BenchOption.MODE, "dispatch", BenchOption.WORKERS, "7").workers())
        .isEqualTo(7);
  }

  @Test
  void stockWorkersAreThoseOfThreeDialectsWithASlot() throws Exception {
    BenchOptions options = parse(BenchOption.MODE, "dispatch", BenchOption.STOCK, "on");
    assertThat(options.workers()).isEqualTo(300);
    assertThat(options.connections()).isEqualTo(301);
    assertThat(options.capacity()).isEqualTo(1);
    assertThat(options.duration()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void batchesOfBigItemsStayBelowTheLimitOfARequest() throws Exception {
    BenchOptions options = parse(BenchOption.PAYLOAD_BYTES, "1000000");
    byte[] batch = new BenchItems("p", "p", 1, options.payloadBytes()).batch(0, options.batch());
    assertThat(options.batch()).isPositive();
    assertThat(batch.length).isLessThan(8 * 1024 * 1024);
  }

  @Test
  void drainOnlyOfAPrefixExpectsItsItemsAndWithoutOneAny() throws Exception {
    assertThat(parse(BenchOption.DRAIN_ONLY, "on").anyIds()).isTrue();
    assertThat(parse(BenchOption.DRAIN_ONLY, "on", BenchOption.PREFIX, "k1-").anyIds()).isFalse();
  }

  @Test
  void whatIsWrongIsNamed() {
    refused("--url", BenchOption.URL, "ftp://example.com");
    refused("--url", BenchOption.URL, "127.0.0.1:8080");
    refused("--url", BenchOption.URL, "http://u:p@127.0.0.1");
    refused("--url", BenchOption.URL, "http://127.0.0.1/?a=b");
    refused("--url", BenchOption.URL, "http://not a host");
    refused("--mode", BenchOption.MODE, "fast");
    refused("--workers-url", BenchOption.WORKERS_URL, "ftp://example.com");
    refused("--rate", BenchOption.RATE, "0");
    refused("--workers", BenchOption.WORKERS, "0");
    refused("--workers", BenchOption.WORKERS, "many");
    refused("--items", BenchOption.ITEMS, "1.5");
    refused("--items", BenchOption.ITEMS, "99999999999");
    refused("--batch", BenchOption.BATCH, "1001");
    refused("--runs", BenchOption.RUNS, "-1");
    refused("--patience", BenchOption.PATIENCE, "-1");
    refused("--patience", BenchOption.PATIENCE, "NaN");
    refused("--seconds", BenchOption.SECONDS, "0");
    refused("--timeout", BenchOption.TIMEOUT, "soon");
    refused("--prefix", BenchOption.PREFIX, "a/b");
    refused("--prefix", BenchOption.PREFIX, "\"");
    refused("--prefix", BenchOption.PREFIX, "");
    refused("--prefix", BenchOption.PREFIX, "x".repeat(201));
  }

  @Test
  void whatExcludesEachOtherIsNamed() {
    refused("exclude", BenchOption.ENQUEUE_ONLY, "on", BenchOption.DRAIN_ONLY, "on");
    refused("--enqueue-only", BenchOption.ENQUEUE_ONLY, "on", BenchOption.COMPLETE, "on");
    refused("--runs", BenchOption.DRAIN_ONLY, "on", BenchOption.RUNS, "2");
    refused("--mode drain", BenchOption.COMPLETE, "on", BenchOption.MODE, "waiting");
    refused("--mode dispatch", BenchOption.BURST, "on");
    refused("--mode dispatch", BenchOption.STOCK, "on");
    refused("--mode dispatch", BenchOption.WORKERS_URL, "http://127.0.0.2:1");
    refused(
        "--burst",
        BenchOption.MODE,
        "dispatch",
        BenchOption.BURST,
        "on",
        BenchOption.WORKERS,
        "1001");
    refused("--runs", BenchOption.ITEMS, "10000000", BenchOption.RUNS, "11");
  }

  @Test
  void moreProjectsThanAWorkerCanNameAreTakenUnnamed() throws Exception {
    refused("--all-projects", BenchOption.PROJECTS, "1001");
    assertThat(parse(BenchOption.PROJECTS, "1000").projects()).isEqualTo(1_000);
    assertThat(parse(BenchOption.PROJECTS, "10000", BenchOption.ALL_PROJECTS, "on").allProjects())
        .isTrue();
    assertThat(parse(BenchOption.PROJECTS, "10000", BenchOption.ENQUEUE_ONLY, "on").projects())
        .isEqualTo(10_000);
  }

  private static void refused(String named, Object... typed) {
    assertThatThrownBy(() -> parse(typed))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(named);
  }

  private static BenchOptions parse(Object... typed) throws UsageException {
    Map<BenchOption, String> values = new EnumMap<>(BenchOption.class);
    for (int i = 0; i < typed.length; i += 2) {
      values.put((BenchOption) typed[i], (String) typed[i + 1]);
    }
    return BenchOptions.parse(values::get, "new-");
  }
}
