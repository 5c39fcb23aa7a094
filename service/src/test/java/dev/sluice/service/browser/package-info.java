/**
 * The dashboard in headless Chromium, driven over WebDriver.
 *
 * <p>{@link dev.sluice.service.browser.PageUnderTest} is the one list of pages.
 */
package dev.sluice.service.browser;
