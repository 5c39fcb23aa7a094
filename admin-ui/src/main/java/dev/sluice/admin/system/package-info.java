/** System, help, login, logout, theme and unknown addresses. All may change freely. */
@NullMarked
package dev.sluice.admin.system;

import org.jspecify.annotations.NullMarked;
