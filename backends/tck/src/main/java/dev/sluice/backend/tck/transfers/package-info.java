/** Cases of closed orgs and of the copies of orgs: docs/rules.md, "Closed orgs and copies". */
@NullMarked
package dev.sluice.backend.tck.transfers;

import org.jspecify.annotations.NullMarked;
