-- Adds an audit line for an act outside the org's own steps.
--
-- ARGV    2 ... audit line (lib/audit.lua)
-- Result  the stored line

check_audit()

local line = audit()
commit()
return { org.seq, 'OK', line }
