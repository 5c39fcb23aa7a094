/**
 * The dashboard in a real browser: headless Chromium, driven over WebDriver, on a running service.
 *
 * <p>{@link dev.sluice.service.browser.PageUnderTest} is the one list of pages; whatever is held
 * against every page goes by it.
 */
package dev.sluice.service.browser;
