/**
 * All pages and acts of the dashboard, with their addresses. The service registers {@link
 * dev.sluice.admin.install.AdminBundle} and calls {@link
 * dev.sluice.admin.install.AdminPages#install}; the rest may change freely. No other package of the
 * dashboard needs this one.
 */
@NullMarked
package dev.sluice.admin.install;

import org.jspecify.annotations.NullMarked;
