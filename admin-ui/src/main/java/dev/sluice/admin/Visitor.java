package dev.sluice.admin;

/**
 * @param actor name in the audit log
 * @param everyOrg true if {@code ?org=} may choose any org
 */
public record Visitor(String name, String actor, VisitorRole role, String org, boolean everyOrg) {}
