/**
 * System, help, login, logout, theme, and the page of an unknown address. All may change freely.
 */
@NullMarked
package dev.sluice.admin.system;

import org.jspecify.annotations.NullMarked;
