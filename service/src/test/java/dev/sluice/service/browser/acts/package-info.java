/**
 * Acts on the dashboard in a real browser: forms, their refusals, and the login. Nothing outside
 * uses it. Everything may change freely.
 */
package dev.sluice.service.browser.acts;
