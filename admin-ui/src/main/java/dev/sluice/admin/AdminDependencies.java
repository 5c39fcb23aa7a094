package dev.sluice.admin;

import dev.sluice.backend.Rules;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.control.FleetControl;
import dev.sluice.control.ItemReader;
import dev.sluice.control.KeyRing;
import dev.sluice.control.Searches;
import dev.sluice.control.StopReports;
import dev.sluice.control.WebhookList;
import dev.sluice.fleet.NodeTotals;
import dev.sluice.fleet.QueueReader;
import dev.sluice.fleet.SnapshotSampler;
import java.time.Clock;

/**
 * @param rates totals of this node by org
 * @param searches also of {@code /api/search}
 */
public record AdminDependencies(
    QueueBackend backend,
    FleetControl control,
    KeyRing keys,
    Clock clock,
    Rules rules,
    ServerFacts server,
    Visitors visitors,
    SignIn signIn,
    NodeTotals rates,
    StopReports stops,
    WebhookList webhooks,
    ItemReader items,
    SnapshotSampler fleets,
    QueueReader queues,
    Searches searches) {}
