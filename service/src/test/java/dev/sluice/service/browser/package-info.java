/**
 * The dashboard on a running service in headless Chromium, driven over WebDriver.
 *
 * <p>{@link dev.sluice.service.browser.PageUnderTest} is the one list of pages for every check.
 */
package dev.sluice.service.browser;
