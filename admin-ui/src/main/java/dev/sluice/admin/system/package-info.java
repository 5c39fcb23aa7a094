/**
 * Pages about the server and the visitor: system, help, login, logout, theme, and the page of an
 * unknown address. Called by browsers. Everything here may be changed freely.
 */
@NullMarked
package dev.sluice.admin.system;

import org.jspecify.annotations.NullMarked;
