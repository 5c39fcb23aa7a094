package dev.sluice.admin;

import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Rules;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.FleetControl;
import dev.sluice.control.ItemCheck;
import dev.sluice.control.KeyRing;
import dev.sluice.control.Searches;
import dev.sluice.control.StopReports;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * @param rates totals of this node by org
 * @param searches also of {@code /api/search}
 */
public record AdminDependencies(
    QueueBackend backend,
    FleetControl control,
    KeyRing keys,
    Function<String, List<Worker>> workers,
    Clock clock,
    Rules rules,
    ServerFacts server,
    Visitors visitors,
    SignIn signIn,
    NodeTotals rates,
    StopReports stops,
    ItemCheck items,
    FindingSettings findings,
    Searches searches) {}
