/** What the templates show: plain values, made from answers of the contract. */
@NullMarked
package dev.sluice.admin.view;

import org.jspecify.annotations.NullMarked;
