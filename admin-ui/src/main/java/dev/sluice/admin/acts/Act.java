package dev.sluice.admin.acts;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Visit;
import dev.sluice.control.Actor;

/**
 * An act of an operator on one object; {@link ActHandler} checks the role and answers. Both methods
 * may throw refusals of the contract, {@link InvalidFieldException} and {@link
 * dev.sluice.admin.web.PageException}.
 */
public interface Act {

  Section section();

  default VisitorRole role() {
    return VisitorRole.OPERATOR;
  }

  /** The verb in the audit log. */
  String verb();

  /** The object in the audit log. */
  String object();

  /** Refuses an object that cannot exist, before the form and the act. */
  default void check(Visit visit) {}

  /**
   * Returns the form. Changes nothing.
   *
   * @param typed values to fill in
   */
  ActForm form(Visit visit, FormInput typed);

  /**
   * @param actor the visitor, with the reason typed
   */
  ActResult perform(Visit visit, Actor actor, FormInput typed);
}
