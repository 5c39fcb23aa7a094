package dev.sluice.service;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One test for each row of the map of rooms.
 *
 * <p>The contract's package {@code dev.sluice.backend} is a prefix of the backends' own, so its
 * packages are named exactly, without a trailing {@code ..}.
 */
class HouseBordersTest {

  private static final String[] SPI = {
    "dev.sluice.backend",
    "dev.sluice.backend.audit",
    "dev.sluice.backend.events",
    "dev.sluice.backend.figures",
    "dev.sluice.backend.findings",
    "dev.sluice.backend.inbox",
    "dev.sluice.backend.keys",
    "dev.sluice.backend.nodes",
    "dev.sluice.backend.queues",
    "dev.sluice.backend.sessions",
    "dev.sluice.backend.stops",
    "dev.sluice.backend.store",
    "dev.sluice.backend.transfer",
    "dev.sluice.backend.webhooks",
    "dev.sluice.backend.work",
    "dev.sluice.backend.workers"
  };
  private static final String[] FLEET = {"dev.sluice.control", "dev.sluice.fleet"};
  private static final String ENGINE = "dev.sluice.backend.engine..";
  private static final String TCK = "dev.sluice.backend.tck..";
  private static final String EMBEDDED = "dev.sluice.backend.embedded..";
  private static final String REDIS = "dev.sluice.backend.redis..";
  private static final String HAZELCAST = "dev.sluice.backend.hazelcast..";
  private static final String ADMIN = "dev.sluice.admin..";
  private static final String SERVICE = "dev.sluice.service..";
  private static final String BENCH = "dev.sluice.bench..";

  /** The contract, and the packages that its types use. */
  private static final String[] CONTRACT =
      and(
          SPI,
          "java..",
          "com.fasterxml.jackson.annotation",
          "io.dropwizard.jackson",
          "jakarta.validation..",
          "org.jspecify.annotations");

  private static final String[] STORES_AND_CLIENTS = {
    EMBEDDED, REDIS, HAZELCAST, "redis.clients..", "com.hazelcast.."
  };

  private static final String CLEAN_UP = "dev.sluice.backend.engine.OrphanCleaner";

  /** A background read of one record for each ended token. */
  private static final String READS_ENDED_TOKENS =
      "dev.sluice.backend.hazelcast.HazelcastByteMap.all()";

  /** The only class that may walk; only the one above may call it. */
  private static final String WALKS_BY_PARTITIONS = "dev.sluice.backend.hazelcast.Partitions";

  private static final Set<String> WALKS_OVER_A_MAP =
      Set.of("keySet", "values", "entrySet", "executeOnEntries");

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          // Some rooms' tests come as jars, which the option above takes for main code.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.sluice");

  @Test
  void everyClassLivesInARoom() {
    classes()
        .should()
        .resideInAnyPackage(
            and(and(SPI, FLEET), ENGINE, TCK, EMBEDDED, REDIS, HAZELCAST, ADMIN, SERVICE, BENCH))
        .because("a package outside the map has no rules")
        .check(HOUSE);
  }

  @Test
  void contract() {
    classes()
        .that()
        .resideInAnyPackage(SPI)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(CONTRACT)
        .because("the contract speaks queue language only")
        .check(HOUSE);
  }

  @Test
  void engine() {
    classes()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(and(CONTRACT, ENGINE, "org.slf4j.."))
        .because("the rules know no store")
        .check(HOUSE);
  }

  @Test
  void contractKit() {
    classes()
        .that()
        .resideInAPackage(TCK)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            and(CONTRACT, TCK, ENGINE, "org.junit..", "org.opentest4j..", "org.assertj.."))
        .because("the kit judges every backend and therefore knows none")
        .check(HOUSE);
  }

  @Test
  void contractKitIsForTestsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(TCK)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(TCK)
        .because("the kit judges, and never serves anybody")
        .check(HOUSE);
  }

  @Test
  void embedded() {
    classes()
        .that()
        .resideInAPackage(EMBEDDED)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(and(CONTRACT, ENGINE, EMBEDDED, "org.slf4j.."))
        .because("a backend knows the contract and its store")
        .check(HOUSE);
  }

  @Test
  void redis() {
    classes()
        .that()
        .resideInAPackage(REDIS)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            and(
                CONTRACT,
                REDIS,
                "redis.clients.jedis..",
                // Jedis's pool is one of these.
                "org.apache.commons.pool2..",
                "com.fasterxml.jackson..",
                "org.slf4j.."))
        .because("a backend knows the contract and its store")
        .check(HOUSE);
  }

  @Test
  void hazelcast() {
    classes()
        .that()
        .resideInAPackage(HAZELCAST)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            and(
                CONTRACT,
                ENGINE,
                HAZELCAST,
                "com.hazelcast..",
                "io.microraft..",
                "javax.crypto..",
                "com.fasterxml.jackson..",
                "org.slf4j.."))
        .because("a backend knows the contract and its store")
        .check(HOUSE);
  }

  @Test
  void hazelcastWalksOverNoMap() {
    noClasses()
        .that()
        .resideInAPackage(HAZELCAST)
        .and()
        .doNotHaveFullyQualifiedName(WALKS_BY_PARTITIONS)
        .should()
        .accessTargetWhere(walksOverAMap())
        .because("what an operation costs does not grow with what is stored")
        .check(HOUSE);
  }

  @Test
  void theEngineCleansUpInTheBackgroundAlone() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .and()
        .doNotHaveFullyQualifiedName(CLEAN_UP)
        .should()
        .callMethod("dev.sluice.backend.engine.tables.ByteMap", "keys", "int")
        .because("one clean-up of texts that nobody names may walk, a part at a time")
        .check(HOUSE);
  }

  @Test
  void fleet() {
    classes()
        .that()
        .resideInAnyPackage(FLEET)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            and(
                and(CONTRACT, FLEET),
                "com.github.benmanes.caffeine..",
                "io.dropwizard.lifecycle..",
                "org.slf4j.."))
        .because("who steers a fleet needs no dashboard")
        .check(HOUSE);
  }

  @Test
  void dashboard() {
    noClasses()
        .that()
        .resideInAPackage(ADMIN)
        .should()
        .dependOnClassesThat(resideInAnyPackage(and(STORES_AND_CLIENTS, TCK, SERVICE)))
        .because("pages see queues through the contract, whatever stores them")
        .check(HOUSE);
  }

  @Test
  void service() {
    noClasses()
        .that()
        .resideInAPackage(SERVICE)
        .should()
        .dependOnClassesThat(resideInAnyPackage(and(STORES_AND_CLIENTS, TCK)))
        .because("backends are found at run time, by META-INF/services")
        .check(HOUSE);
  }

  @Test
  void loadTool() {
    classes()
        .that()
        .resideInAPackage(BENCH)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            BENCH,
            "java..",
            "com.fasterxml.jackson.core..",
            "net.sourceforge.argparse4j..",
            "org.jspecify.annotations")
        .because("a mistake of the server can't hide in code that its judge shares")
        .check(HOUSE);
  }

  @Test
  void loadToolIsNotInProduction() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BENCH)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BENCH)
        .because("a tool is no part of what it measures")
        .check(HOUSE);
  }

  @Test
  void roomsWithoutCirclesOfPackages() {
    slices()
        .assignedFrom(
            packagesOf(
                List.of(
                    and(
                        and(SPI, FLEET),
                        ENGINE,
                        TCK,
                        EMBEDDED,
                        REDIS,
                        HAZELCAST,
                        ADMIN,
                        SERVICE,
                        BENCH))))
        .should()
        .beFreeOfCycles()
        .because("a package that needs another one is not needed by it")
        .check(HOUSE);
  }

  private static SliceAssignment packagesOf(List<String> rooms) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return rooms.stream().anyMatch(room -> resideInAnyPackage(room).test(type))
            ? SliceIdentifier.of(type.getPackageName())
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages of " + rooms;
      }
    };
  }

  @Test
  void gitCredentialsKnowNoStore() {
    noClasses()
        .that()
        .resideInAPackage("dev.sluice.service.gitcredentials")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sluice.backend..")
        .because("what can't be reached can't be given a token to keep")
        .check(HOUSE);
  }

  @Test
  void openTelemetryIsKnownInOnePlace() {
    noClasses()
        .that()
        .haveNameNotMatching("dev\\.sluice\\.service\\.traces\\.OtlpCollector(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .because("it isn't loaded unless traces are on")
        .check(HOUSE);
  }

  @Test
  void aRefusalMeetsItsStatusInOnePlace() {
    noClasses()
        .that()
        .resideInAPackage(SERVICE)
        .and()
        .resideOutsideOfPackage("dev.sluice.service.errors")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "dev\\.sluice\\.backend\\.RefusedException|jakarta\\.ws\\.rs\\.ext\\.ExceptionMapper")
        .because("the same refusal is the same answer everywhere")
        .check(HOUSE);
  }

  private static DescribedPredicate<JavaAccess<?>> walksOverAMap() {
    return DescribedPredicate.describe(
        "walks over a whole IMap",
        access ->
            WALKS_OVER_A_MAP.contains(access.getTarget().getName())
                && access.getTargetOwner().isAssignableTo("com.hazelcast.map.IMap")
                && !access.getOrigin().getFullName().equals(READS_ENDED_TOKENS));
  }

  private static String[] and(String[] some, String... more) {
    return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
  }
}
