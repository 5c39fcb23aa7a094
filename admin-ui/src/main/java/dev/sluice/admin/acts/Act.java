package dev.sluice.admin.acts;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Visit;
import dev.sluice.control.Actor;

/**
 * Something that an operator may do to one thing. {@link ActHandler} asks who they are, and
 * answers.
 *
 * <p>Both methods may throw what the contract throws, {@link InvalidFieldException} for a field
 * that can't be, and {@link dev.sluice.admin.web.PageException}.
 */
public interface Act {

  /** The part of the navigation that its form is of. */
  Section section();

  /** Who may do it. */
  VisitorRole role();

  /** What audit lines call it. */
  String verb();

  /** What it is done to, as audit lines name it. */
  String object();

  /**
   * Its form: reads what the form says will happen, and changes nothing.
   *
   * @param typed what its fields hold already
   */
  ActForm form(Visit visit, FormInput typed);

  /**
   * Does it, by the verb that the API has for it.
   *
   * @param actor who, with the reason typed
   * @param typed what its fields hold
   */
  ActResult perform(Visit visit, Actor actor, FormInput typed);
}
