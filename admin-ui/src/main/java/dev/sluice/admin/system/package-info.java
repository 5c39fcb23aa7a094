/** System, help, login, logout, theme and unknown addresses. */
@NullMarked
package dev.sluice.admin.system;

import org.jspecify.annotations.NullMarked;
