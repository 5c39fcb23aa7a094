package dev.sluice.admin;

import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Rules;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.FleetControl;
import dev.sluice.control.KeyRing;
import dev.sluice.control.StopReports;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * What the pages are made of.
 *
 * @param backend what they show
 * @param control what they change
 * @param keys makes and revokes keys
 * @param workers an org's workers as they are now
 * @param clock the time that ages are counted to
 * @param rules the time-outs in force
 * @param server what the system page says of this server
 * @param visitors who looks
 * @param signIn what the login page asks
 * @param rates what went through this node
 * @param stops what became of orders to stop many
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
    StopReports stops) {}
