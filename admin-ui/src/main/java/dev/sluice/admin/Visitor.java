package dev.sluice.admin;

/**
 * Who looks at a page.
 *
 * @param name the operator's
 * @param actor what audit lines call them
 * @param role what they may
 * @param org whose fleet they look at in this request
 * @param everyOrg whether they may look at any org's, by {@code ?org=}
 */
public record Visitor(String name, String actor, VisitorRole role, String org, boolean everyOrg) {}
