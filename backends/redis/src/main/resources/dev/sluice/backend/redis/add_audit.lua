-- Leaves an audit line of an act that is no step of the org's own.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 to 6 the line (lib/audit.lua)
-- Result  seq, 'OK', line
--
-- USES org audit

check_audit()

local line = audit()
commit()
return { org.seq, 'OK', line }
