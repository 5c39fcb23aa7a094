-- Ends a closure of the org. Takes no sequence number without an audit line.
--
-- ARGV    2 closure  3 ... audit line (lib/audit.lua)
-- Result  1 if it stood, else 0

local known = standing_closure()
if not known or known.id ~= ARGV[2] then
  return { org.seq, 'OK', 0 }
end
check_audit()

org_closed, new_heads.closure = false, false
call('UNLINK', AREA .. 'import')
local line = audit()
write_org(not line)
return { org.seq, 'OK', 1 }
