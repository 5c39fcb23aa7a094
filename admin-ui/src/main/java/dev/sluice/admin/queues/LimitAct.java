package dev.sluice.admin.queues;

import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.acts.InvalidFieldException;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.queues.Queues;
import dev.sluice.control.Actor;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

public record LimitAct(Queues queues, String project) implements QueueAct {

  private static final String MOST = "maxConcurrent";
  private static final String BUDGET = "dailyBudgetUsd";

  /** More digits would be finer than a micro-dollar. */
  private static final Pattern USD = Pattern.compile("[0-9]{1,10}([.][0-9]{1,6})?");

  @Override
  public String verb() {
    return "limit";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    ProjectQueue queue = queues.find(visit.org(), project);
    QueueLimits now = queue.limits();
    return ActForm.of(
            "Limits of " + Formats.cut(project, 80),
            visit.links().queueAct(project, "limits"),
            "Set limits",
            visit.links().queue(project))
        .saying("Now: " + QueueTabs.limits(queue) + ".")
        .saying("Claimed sessions continue. Cost counts when a session ends.")
        .asking(
            Field.number(MOST, "Maximum claimed sessions", value(typed, MOST, most(now)))
                .hint("Empty for no limit. 0 stops all claims."))
        .asking(
            Field.number(
                    BUDGET, "Daily budget (UTC day), in dollars", value(typed, BUDGET, usd(now)))
                .hint("Empty for no budget. Without a budget, spending is not tracked."))
        .asking(Field.reason(typed.text(FormInput.REASON)))
        .curl(
            visit.server(),
            "PUT",
            "/api/queues/" + Links.encoded(project) + "/limits",
            json(typed, now));
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    ProjectQueue queue = queues.limit(actor.org(), project, limits(typed), actor.note());
    return ActResult.to(
        visit.links().queue(project),
        "Limits of " + Formats.cut(project, 80) + ": " + QueueTabs.limits(queue) + ".");
  }

  private static QueueLimits limits(FormInput typed) {
    BigDecimal usd = budget(typed);
    return new QueueLimits(
        typed.whole(MOST, 0, Integer.MAX_VALUE), usd == null ? null : QueueLimits.microUsd(usd));
  }

  private static @Nullable BigDecimal budget(FormInput typed) {
    String text = typed.text(BUDGET);
    if (text.isEmpty()) {
      return null;
    }
    if (USD.matcher(text).matches()) {
      BigDecimal usd = new BigDecimal(text);
      if (usd.compareTo(BigDecimal.valueOf(QueueLimits.MAX_BUDGET_USD)) <= 0) {
        return usd;
      }
    }
    throw new InvalidFieldException(
        BUDGET, "must be a number from 0 to " + QueueLimits.MAX_BUDGET_USD + " like 12.50");
  }

  private static String value(FormInput typed, String field, @Nullable Number inForce) {
    if (typed.has(field)) {
      return typed.text(field);
    }
    return inForce == null ? "" : inForce.toString();
  }

  private static @Nullable Integer most(QueueLimits limits) {
    return limits.maxConcurrent();
  }

  private static @Nullable BigDecimal usd(QueueLimits limits) {
    Long micro = limits.dailyBudgetMicroUsd();
    // Written without an exponent, whatever it is.
    return micro == null
        ? null
        : new BigDecimal(BigDecimal.valueOf(micro, 6).stripTrailingZeros().toPlainString());
  }

  private static String json(FormInput typed, QueueLimits inForce) {
    QueueLimits limits = inForce;
    try {
      limits = typed.has(MOST) || typed.has(BUDGET) ? limits(typed) : inForce;
    } catch (InvalidFieldException wrong) {
      // the line shows what is in force
    }
    return JsonText.object(MOST, most(limits), BUDGET, usd(limits), FormInput.REASON, "why");
  }
}
