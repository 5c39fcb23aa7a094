/** Acts on the dashboard in a real browser: forms, refusals and the login. */
package dev.sluice.service.browser.acts;
