package dev.sluice.admin.acts;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Visit;
import dev.sluice.control.Actor;

/**
 * An act of an operator on one object; {@link ActHandler} checks the role. Form and act may throw
 * refusals of the contract, {@link InvalidFieldException} and {@link
 * dev.sluice.admin.web.PageException}.
 */
public interface Act {

  Section section();

  default VisitorRole role() {
    return VisitorRole.OPERATOR;
  }

  String verb();

  String object();

  /** Refuses an impossible object, before form and act. */
  default void check(Visit visit) {}

  /**
   * Changes nothing.
   *
   * @param typed values to fill in
   */
  ActForm form(Visit visit, FormInput typed);

  /**
   * @param actor the visitor and the typed reason
   */
  ActResult perform(Visit visit, Actor actor, FormInput typed);
}
