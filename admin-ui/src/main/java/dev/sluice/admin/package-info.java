/** The dashboard under {@code /admin}: pages rendered on the server, on the contract alone. */
@NullMarked
package dev.sluice.admin;

import org.jspecify.annotations.NullMarked;
