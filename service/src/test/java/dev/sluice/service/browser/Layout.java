package dev.sluice.service.browser;

/** Scripts that measure the current page; each returns its faults. */
public final class Layout {

  /** Elements beyond the right edge, except in parts that scroll. */
  public static final String SIDEWAYS =
      """
      const screen = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= screen) { return []; }
      return [...document.body.querySelectorAll('*')]
        .filter(each => each.getBoundingClientRect().right > screen + 1 && !each.closest('.scroll'))
        .map(each => each.outerHTML.slice(0, 120))
        .concat('scrolls to ' + document.documentElement.scrollWidth);
      """;

  /**
   * Tap targets lower or narrower than 24 px, except links within a sentence; a box counts with its
   * label.
   */
  static final String SMALL_TARGETS =
      """
      const inSentence = each => each.tagName === 'A' && each.closest('p, li, dd, .why')
        && getComputedStyle(each).display === 'inline';
      return [...document.querySelectorAll('a, button, summary, select, input:not([type=hidden])')]
        .filter(each => each.checkVisibility() && !each.closest('.skip') && !inSentence(each))
        .map(each => each.matches('[type=checkbox], [type=radio]') ? each.labels[0] || each : each)
        .map(each => [each, each.getBoundingClientRect()])
        .filter(([each, box]) => box.height < 23.5 || box.width < 23.5)
        .map(([each, box]) => box.width + ' x ' + box.height + ': ' + each.outerHTML.slice(0, 120));
      """;

  /** Visible buttons without a form, which do nothing without script. */
  static final String DEAD_BUTTONS =
      """
      return [...document.querySelectorAll('button')]
        .filter(each => each.checkVisibility() && !(each.form && each.type === 'submit'))
        .map(each => each.outerHTML);
      """;

  private Layout() {}
}
