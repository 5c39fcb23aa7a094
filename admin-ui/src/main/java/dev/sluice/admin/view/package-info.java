/** Values that the templates show, made from answers of the contract. */
@NullMarked
package dev.sluice.admin.view;

import org.jspecify.annotations.NullMarked;
