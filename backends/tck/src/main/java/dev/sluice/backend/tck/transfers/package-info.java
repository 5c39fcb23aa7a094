/** Cases of closed orgs and of the copies of orgs: docs/rules.md, "Transfer". */
@NullMarked
package dev.sluice.backend.tck.transfers;

import org.jspecify.annotations.NullMarked;
